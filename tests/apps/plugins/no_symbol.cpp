// A shared object that is no plugin.
int nothing() { return 0; }
