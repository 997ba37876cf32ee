#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// Figures of a page, as data: `page/lab.js` draws them. A series has the same colour in all figures
// of a page, by its name, and the page's legend shows or hides it in all of them. A prediction has
// the name of the run that it is of: it is drawn dashed upon the run's broad line.

namespace ravine::report {

enum class Scale { linear, log };

struct Axis {
  std::string title;
  Scale scale = Scale::linear;
  std::optional<std::pair<double, double>> domain = {};  ///< from the data where there is none
};

enum class Mark {
  line,    ///< what was run
  dashed,  ///< what theory predicts
  points,
  path,  ///< from dark for early points to bright for late ones
};

/// Points that are not finite, or not above 0 on a logarithmic axis, are left out.
struct Series {
  std::string name;
  Mark mark = Mark::line;
  std::vector<double> x;
  std::vector<double> y;
  /// A band around y, such as one of standard errors; none where empty.
  std::vector<double> low = {};
  std::vector<double> high = {};
};

/// A thin straight line across the figure at a value of one axis.
struct ReferenceLine {
  std::string label;
  double at;
};

/// Lines and points over an axis.
struct Curves {
  std::string title;
  std::string caption;  ///< sentences: what is seen, of how many runs
  Axis x;
  Axis y;
  std::vector<Series> series;
  std::vector<ReferenceLine> at_x = {};
  std::vector<ReferenceLine> at_y = {};
};

enum class Colours {
  sequential,  ///< from dark for low values to bright
  diverging,   ///< two hues on both sides of 0
  classes,     ///< a colour each: values are indices of `classes`
};

/// Values over a rectangle, as colours, with isolines and series on top. Both axes are linear and
/// have a domain: its ends are the outer edges of the outer cells.
struct Map {
  std::string title;
  std::string caption;
  Axis x;
  Axis y;
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<double> values;  ///< [rows * columns], the row at the low end of y first
  std::string value_title;
  Colours colours = Colours::sequential;
  std::vector<std::string> classes = {};
  bool log_values = false;   ///< colours and isolines by the logarithm of values above 0
  std::size_t isolines = 0;  ///< so many, evenly spread
  std::vector<Series> series = {};
};

/// A small picture of pixels, the top row first.
struct Picture {
  std::string label;
  std::size_t columns = 0;
  std::size_t rows = 0;
  std::vector<double> values;
};

struct Strip {
  std::string name;
  std::vector<Picture> pictures;
};

/// Pictures in strips under each other, one colour scale from `low` to `high` for all.
struct Frames {
  std::string title;
  std::string caption;
  double low = 0;
  double high = 1;
  std::vector<Strip> strips;
};

using Figure = std::variant<Curves, Map, Frames>;

/// As `page/lab.js` reads them: a JSON list, numbers with six digits that count.
std::string figures_json(const std::vector<Figure>& figures);

}  // namespace ravine::report
