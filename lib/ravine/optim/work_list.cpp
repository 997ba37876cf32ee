#include "ravine/optim/work_list.hpp"

#include <algorithm>

#include "ravine/tensor/memory.hpp"
#include "ravine/tensor/threads.hpp"

namespace ravine::optim {

template <class T>
WorkList<T>::WorkList(std::size_t parameters) {
  arrays_.reserve(parameters);
  pieces_.reserve(parameters + most_parts);  // a part's end may cut one in two
}

template <class T>
void WorkList<T>::append(const Arrays<T>& arrays) {
  if (!arrays_.empty() && arrays_.back().continued_by(arrays))
    arrays_.back().size += arrays.size;
  else
    arrays_.push_back(arrays);
}

template <class T>
std::size_t WorkList<T>::cut() {
  std::size_t total = 0;
  for (const Arrays<T>& arrays : arrays_) total += arrays.size;
  constexpr std::size_t least_elements = 16384;
  const std::size_t parts = std::min(parallel::parts_for(total, least_elements), most_parts);
  pieces_.clear();
  if (parts == 1) {
    pieces_.assign(arrays_.begin(), arrays_.end());
    first_[1] = pieces_.size();
    return 1;
  }

  std::size_t array = 0;
  std::size_t begin = 0;  // of what is left of the array
  for (std::size_t part = 0; part < parts; ++part) {
    constexpr std::size_t unit = Memory::alignment / sizeof(T);
    for (std::size_t left = parallel::part_of(total, parts, part, unit).size(); left > 0;) {
      const std::size_t size = std::min(left, arrays_[array].size - begin);
      pieces_.push_back(arrays_[array].piece(begin, size));
      left -= size;
      begin += size;
      if (begin < arrays_[array].size) continue;
      ++array;
      begin = 0;
    }
    first_[part + 1] = pieces_.size();
  }
  return parts;
}

template class WorkList<float>;
template class WorkList<double>;

}  // namespace ravine::optim
