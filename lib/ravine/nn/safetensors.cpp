#include "ravine/nn/safetensors.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <system_error>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

// The format: the length of a JSON header as 8 bytes, the header, then the tensors' bytes; all
// little endian. https://github.com/huggingface/safetensors

namespace ravine::nn {
namespace {

using Json = nlohmann::ordered_json;

static_assert(std::endian::native == std::endian::little, "safetensors are little endian");

constexpr std::size_t length_bytes = 8;
constexpr const char* metadata_key = "__metadata__";

template <class T>
constexpr const char* type_name = sizeof(T) == 4 ? "F32" : "F64";

std::string bytes_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in || std::filesystem::is_directory(path))
    throw InputError(text(path.string(), ": there is no such file, or it cannot be read"));
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// One entry of the header, checked against the `available` bytes of tensors.
struct Entry {
  Shape shape;
  std::size_t begin;
  std::size_t width;  // bytes an element
};

Entry read_entry(const Json& entry, std::size_t available) {
  const std::string type = entry.at("dtype").get<std::string>();
  if (type != "F32" && type != "F64")
    throw InputError(text("elements of type ", type, " are not supported (F32 and F64 are)"));
  const auto extents = entry.at("shape").get<std::vector<std::size_t>>();
  const auto offsets = entry.at("data_offsets").get<std::vector<std::size_t>>();
  const Entry result{.shape = Shape(std::span(extents)),
                     .begin = offsets.at(0),
                     .width = type == "F32" ? sizeof(float) : sizeof(double)};
  const std::size_t end = offsets.at(1);
  if (offsets.size() != 2 || result.begin > end || end > available ||
      result.shape.size() > available || end - result.begin != result.shape.size() * result.width)
    throw InputError(text("offsets ", result.begin, " to ", end, " do not fit shape ", result.shape,
                          " in ", available, " bytes"));
  return result;
}

template <class Stored, class T>
void convert(const char* bytes, Tensor<T>& into) {
  for (std::size_t i = 0; i < into.size(); ++i) {
    Stored value;
    std::memcpy(&value, bytes + i * sizeof(Stored), sizeof(Stored));
    into[i] = static_cast<T>(value);
  }
}

template <class T>
Tensor<T> read_tensor(const Entry& entry, const char* bytes) {
  Tensor<T> tensor = Tensor<T>::uninitialized(entry.shape);
  if (entry.width == sizeof(float))
    convert<float>(bytes + entry.begin, tensor);
  else
    convert<double>(bytes + entry.begin, tensor);
  return tensor;
}

}  // namespace

template <class T>
void write_safetensors(const TensorFile<T>& file, const std::filesystem::path& path) {
  Json header = Json::object();
  if (!file.metadata.empty()) header[metadata_key] = file.metadata;
  std::size_t offset = 0;
  for (const auto& [name, tensor] : file.tensors) {
    const std::size_t end = offset + tensor.size() * sizeof(T);
    header[name] = {{"dtype", type_name<T>},
                    {"shape", std::vector(tensor.shape().begin(), tensor.shape().end())},
                    {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string head = header.dump();
  head.resize((head.size() + length_bytes - 1) / length_bytes * length_bytes, ' ');
  const std::uint64_t length = head.size();

  std::filesystem::path part = path;
  part += ".part";
  std::ofstream out(part, std::ios::binary);
  out.write(reinterpret_cast<const char*>(&length), length_bytes);
  out.write(head.data(), static_cast<std::streamsize>(head.size()));
  for (const auto& [name, tensor] : file.tensors)
    out.write(reinterpret_cast<const char*>(tensor.data()),
              static_cast<std::streamsize>(tensor.size() * sizeof(T)));
  out.close();
  std::error_code failure;
  if (out) std::filesystem::rename(part, path, failure);
  if (!out || failure) {
    std::filesystem::remove(part, failure);
    throw IoError(text(path.string(), ": the model could not be written"));
  }
}

template <class T>
TensorFile<T> read_safetensors(const std::filesystem::path& path) {
  const std::string bytes = bytes_of_file(path);
  TensorFile<T> file;
  try {
    std::uint64_t length = 0;
    if (bytes.size() < length_bytes) throw InputError("it is cut short");
    std::memcpy(&length, bytes.data(), length_bytes);
    if (length > bytes.size() - length_bytes) throw InputError("its header is cut short");
    const char* head = bytes.data() + length_bytes;
    const char* body = head + length;
    const std::size_t available = bytes.size() - length_bytes - length;
    const Json header = Json::parse(head, body);
    for (const auto& [name, entry] : header.items()) {
      if (name == metadata_key)
        file.metadata = entry.template get<std::map<std::string, std::string>>();
      else
        file.tensors.emplace_back(name, read_tensor<T>(read_entry(entry, available), body));
    }
  } catch (const nlohmann::json::exception&) {
    throw InputError(text(path.string(),
                          ": not a safetensors file: its header is not as it "
                          "should be"));
  } catch (const std::out_of_range&) {
    throw InputError(text(path.string(), ": not a safetensors file: an entry has no offsets"));
  } catch (const InputError& error) {
    throw InputError(text(path.string(), ": not a safetensors file: ", error.what()));
  }
  return file;
}

template <class T>
TensorFile<T> tensors_of(Module<T>& module) {
  Members<T> members = module.members();
  TensorFile<T> file;
  for (const auto& [name, parameter] : members.parameters)
    file.tensors.emplace_back(name, parameter->value);
  for (const auto& [name, buffer] : members.buffers) file.tensors.emplace_back(name, buffer);
  return file;
}

template <class T>
void assign_tensors(Module<T>& module, const TensorFile<T>& file, const std::string& origin) {
  auto wanted = tensors_of(module).tensors;
  const auto find = [](const auto& tensors, const std::string& name) {
    return std::ranges::find_if(tensors, [&](const auto& item) { return item.first == name; });
  };
  for (const auto& [name, tensor] : wanted) {
    const auto found = find(file.tensors, name);
    if (found == file.tensors.end())
      throw InputError(text(origin, ": tensor '", name, "' of the model is missing"));
    if (found->second.shape() != tensor.shape())
      throw InputError(text(origin, ": tensor '", name, "' has shape ", found->second.shape(),
                            ", the model's is ", tensor.shape()));
  }
  for (const auto& [name, tensor] : file.tensors)
    if (find(wanted, name) == wanted.end())
      throw InputError(text(origin, ": tensor '", name, "' has no place in the model"));
  for (auto& [name, tensor] : wanted) tensor.assign(find(file.tensors, name)->second);
}

template struct TensorFile<float>;
template struct TensorFile<double>;
template void write_safetensors(const TensorFile<float>&, const std::filesystem::path&);
template void write_safetensors(const TensorFile<double>&, const std::filesystem::path&);
template TensorFile<float> read_safetensors(const std::filesystem::path&);
template TensorFile<double> read_safetensors(const std::filesystem::path&);
template TensorFile<float> tensors_of(Module<float>&);
template TensorFile<double> tensors_of(Module<double>&);
template void assign_tensors(Module<float>&, const TensorFile<float>&, const std::string&);
template void assign_tensors(Module<double>&, const TensorFile<double>&, const std::string&);

}  // namespace ravine::nn

namespace ravine {

template <class T>
void save(nn::Module<T>& model, const std::filesystem::path& path) {
  nn::write_safetensors(nn::tensors_of(model), path);
}

template <class T>
void load(nn::Module<T>& model, const std::filesystem::path& path) {
  nn::assign_tensors(model, nn::read_safetensors<T>(path), path.string());
}

template void save(nn::Module<float>&, const std::filesystem::path&);
template void save(nn::Module<double>&, const std::filesystem::path&);
template void load(nn::Module<float>&, const std::filesystem::path&);
template void load(nn::Module<double>&, const std::filesystem::path&);

}  // namespace ravine
