// A function by the name of what a plugin hands over.
extern "C" int ravine_plugin() { return 0; }
