// What the compiler's work on a program with ravine is measured by: heavy headers of the
// standard's.
#include <functional>
#include <iostream>
#include <map>
#include <random>
#include <regex>

int main() {}
