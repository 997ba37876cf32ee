#include "ravine/optim/spec.hpp"

#include <gtest/gtest.h>

#include "optim/one_tensor.hpp"
#include "ravine/tensor/text.hpp"
#include "support/throws.hpp"

namespace ravine::optim::testing {
namespace {

using test::message;

const Spec adam{"adam", {{"lr", 1e-3}, {"beta2", 0.99}}};

TEST(Spec, IsANameAlone) { EXPECT_EQ(parse_spec("adam"), (Spec{"adam", {}})); }

TEST(Spec, IsANameWithSettings) {
  EXPECT_EQ(parse_spec("adam:lr=1e-3,beta2=0.99"), adam);
  EXPECT_EQ(parse_spec("sgd:nesterov=true"), (Spec{"sgd", {{"nesterov", true}}}));
}

TEST(Spec, TakesValuesWithoutAName) {
  EXPECT_EQ(parse_spec("warmup:500"), (Spec{"warmup", {{"", 500}}}));
  EXPECT_EQ(parse_spec("step:30,gamma=0.1"), (Spec{"step", {{"", 30}, {"gamma", 0.1}}}));
}

TEST(Spec, TakesLists) {
  EXPECT_EQ(parse_spec("multistep:10/20/30,gamma=0.1"),
            (Spec{"multistep", {{"", std::vector<double>{10, 20, 30}}, {"gamma", 0.1}}}));
}

TEST(Spec, MayHaveBlanksAroundItsPieces) {
  EXPECT_EQ(parse_spec(" adam: lr=1e-3, beta2 = 0.99 "), adam);
  EXPECT_EQ(parse_spec("warmup : 500"), (Spec{"warmup", {{"", 500}}}));
  EXPECT_EQ(parse_specs("sgd, adam: lr=1e-3, beta2=0.99"), (std::vector<Spec>{{"sgd", {}}, adam}));
  EXPECT_EQ(message<InputError>([] { parse_specs("sgd, ,adam"); }),
            "'' must be a name, or name:setting=value,...");
}

TEST(Spec, IsPrintedAsItIsWritten) {
  for (const char* written : {"adam", "adam:lr=0.001,beta2=0.99", "warmup:500",
                              "multistep:10/20/30,gamma=0.1", "sgd:nesterov=true"})
    EXPECT_EQ(text(parse_spec(written)), written);
}

TEST(Spec, RefusesWhatIsNone) {
  const auto refusal = [](const char* spec) {
    return message<InputError>([&] { parse_spec(spec); });
  };
  EXPECT_EQ(refusal(""), "'' must be a name, or name:setting=value,...");
  EXPECT_EQ(refusal(":lr=1"), "':lr=1' must be a name, or name:setting=value,...");
  EXPECT_EQ(refusal("adam:"), "'adam:': '' must be a number, true or false");
  EXPECT_EQ(refusal("adam:lr"), "'adam:lr': 'lr' must be a number, true or false");
  EXPECT_EQ(refusal("adam:lr=1,"), "'adam:lr=1,': '' must be a number, true or false");
  EXPECT_EQ(refusal("adam:lr=fast"),
            "'adam:lr=fast': setting 'lr=fast': 'fast' must be a number, true or false");
  EXPECT_EQ(refusal("adam:=1"), "'adam:=1': setting '=1' must be name=value, such as lr=0.01");
}

TEST(Spec, SeveralAreCutAtTheNames) {
  EXPECT_EQ(parse_specs("adam:lr=1e-3,beta2=0.99,sgd"), (std::vector<Spec>{adam, {"sgd", {}}}));
  EXPECT_EQ(parse_specs("sgd,adam:lr=1e-3,beta2=0.99"), (std::vector<Spec>{{"sgd", {}}, adam}));
  EXPECT_EQ(parse_specs("sgd:lr=1,sgd:lr=2"),
            (std::vector<Spec>{{"sgd", {{"lr", 1}}}, {"sgd", {{"lr", 2}}}}));
  EXPECT_EQ(parse_specs("sgd"), (std::vector<Spec>{{"sgd", {}}}));
}

TEST(Spec, ASettingAfterABareNameIsItsOwn) {
  EXPECT_EQ(parse_specs("adam,lr=1e-3,beta2=0.99"), (std::vector<Spec>{adam}));
}

TEST(Spec, SeveralRefuseAnEmptyOne) {
  const auto refusal = [](const char* specs) {
    return message<InputError>([&] { parse_specs(specs); });
  };
  EXPECT_EQ(refusal("adam,,sgd"), "'' must be a name, or name:setting=value,...");
  EXPECT_EQ(refusal("adam,"), "'' must be a name, or name:setting=value,...");
}

TEST(Spec, MakesAnOptimizer) {
  const Parameters<double> parameters{parameter<double>({1})};
  const auto optimizer = make("adam:lr=1e-2,beta2=0.99", parameters, {{"lr", 0.5}});
  EXPECT_EQ(optimizer->name(), "adam");
  EXPECT_EQ(optimizer->get("lr"), Value(0.5));  // what is set besides the spec holds
  EXPECT_EQ(optimizer->get("beta2"), Value(0.99));

  const auto refusal = [&](const char* spec) {
    return message<InputError>([&] { make(spec, parameters); });
  };
  EXPECT_EQ(refusal("adma:lr=1"), "unknown optimizer 'adma' (did you mean 'adam'?)");
  EXPECT_EQ(refusal("adam:beta3=0.9"),
            "adam: unknown hyper-parameter 'beta3' (did you mean 'beta1'?)");
  EXPECT_EQ(refusal("adam:beta1=1"), "adam: beta1 must be in [0, 1), 1 was given");
  EXPECT_EQ(refusal("adam:0.1"),
            "adam: a value needs a name (known: lr, beta1, beta2, eps, weight_decay, amsgrad, "
            "second_moment, bias_correction, eps_inside_root)");
}

}  // namespace
}  // namespace ravine::optim::testing
