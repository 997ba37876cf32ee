// A plugin as another version of ravine would have made it: only its first member is sure.
struct Plugin {
  const char* version;
};
extern "C" const Plugin ravine_plugin = {"0.0.9"};
