#include "ravine/nn/safetensors.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "ravine/tensor/error.hpp"
#include "ravine/tensor/text.hpp"

// The format: the length of a JSON header as 8 bytes, the header, then the tensors' bytes; all
// little endian. https://github.com/huggingface/safetensors

namespace ravine::nn {
namespace {

using Json = nlohmann::json;

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

/// One tensor's entry in the header: what lies in the bytes [begin, end) after it.
struct Entry {
  std::string name;
  Shape shape;
  std::size_t begin;
  std::size_t end;
  std::size_t width;  // bytes an element
};

/// The list under `key`. JSON would convert -1, 2.5 and true, too.
std::vector<std::size_t> whole_numbers(const Json& entry, const char* key) {
  const Json& list = entry.at(key);
  if (!list.is_array() || !std::all_of(list.begin(), list.end(),
                                       [](const Json& item) { return item.is_number_unsigned(); }))
    throw InputError(text("its ", key, " must be a list of whole numbers"));
  return list.get<std::vector<std::size_t>>();
}

/// Checked against the `available` bytes of tensors.
Entry read_entry(const std::string& name, const Json& entry, std::size_t available) {
  const std::string type = entry.at("dtype").get<std::string>();
  if (type != "F32" && type != "F64")
    throw InputError(text("elements of type ", type, " are not supported (F32 and F64 are)"));
  const auto extents = whole_numbers(entry, "shape");
  const auto offsets = whole_numbers(entry, "data_offsets");
  if (offsets.size() != 2) throw InputError("its data_offsets must be two numbers");
  const Entry result{.name = name,
                     .shape = Shape(std::span(extents)),
                     .begin = offsets[0],
                     .end = offsets[1],
                     .width = type == "F32" ? sizeof(float) : sizeof(double)};
  if (result.begin > result.end || result.end > available || result.shape.size() > available ||
      result.end - result.begin != result.shape.size() * result.width)
    throw InputError(text("offsets ", result.begin, " to ", result.end, " do not fit ", type,
                          " of shape ", result.shape, " in ", available, " bytes"));
  return result;
}

/// The entries of a header, and its metadata into `metadata`.
std::vector<Entry> read_header(std::string_view head, std::size_t available,
                               std::map<std::string, std::string>& metadata) {
  const Json header = Json::parse(head, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object()) throw InputError("its header is not a JSON object");
  std::vector<Entry> entries;
  for (const auto& [name, entry] : header.items()) {
    const std::string where = name == metadata_key ? name : text("tensor '", name, "'");
    try {
      if (name == metadata_key)
        metadata = entry.template get<std::map<std::string, std::string>>();
      else
        entries.push_back(read_entry(name, entry, available));
    } catch (const nlohmann::json::exception&) {
      throw InputError(text(where, name == metadata_key ? " must be a table of texts"
                                                        : " needs dtype, shape and data_offsets"));
    } catch (const InputError& error) {
      throw InputError(text(where, ": ", error.what()));
    }
  }
  return entries;
}

/// Brings the entries into the order of their bytes. The format leaves neither gaps nor overlaps,
/// so that all tensors together are as large as the file: without this, a small file could name the
/// same bytes again and again.
void check_layout(std::vector<Entry>& entries, std::size_t available) {
  std::ranges::sort(entries, {},
                    [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
  std::size_t end = 0;
  for (const Entry& entry : entries) {
    if (entry.begin != end)
      throw InputError(text("tensor '", entry.name, "' starts at byte ", entry.begin,
                            ", but those before it end at ", end));
    end = entry.end;
  }
  if (end != available)
    throw InputError(text("its tensors take ", end, " bytes, but ", available, " are there"));
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
  auto header = nlohmann::ordered_json::object();
  if (!file.metadata.empty()) header[metadata_key] = file.metadata;
  std::size_t offset = 0;
  for (const auto& [name, tensor] : file.tensors) {
    if (header.contains(name))
      throw InputError(text(path.string(), ": two tensors of the model are named '", name, "'"));
    const std::size_t end = offset + tensor.size() * sizeof(T);
    header[name] = {{"dtype", type_name<T>},
                    {"shape", std::vector(tensor.shape().begin(), tensor.shape().end())},
                    {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string head = header.dump(-1, ' ', false, Json::error_handler_t::replace);
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
    const std::string_view head = std::string_view(bytes).substr(length_bytes, length);
    const std::size_t available = bytes.size() - length_bytes - length;
    std::vector<Entry> entries = read_header(head, available, file.metadata);
    check_layout(entries, available);
    for (const Entry& entry : entries)
      file.tensors.emplace_back(entry.name, read_tensor<T>(entry, head.data() + length));
  } catch (const InputError& error) {
    throw InputError(text(path.string(), ": not a model that can be read: ", error.what()));
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
