"use strict";
/*
Vega. Copyright (c) 2015-2021, University of Washington Interactive Data Lab.
D3, in parts within Vega. Copyright 2010-2021 Mike Bostock.
All rights reserved.

Redistribution and use in source and binary forms, with or without modification, are permitted
provided that the following conditions are met:
1. Redistributions of source code must retain the above copyright notice, this list of conditions
   and the following disclaimer.
2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions
   and the following disclaimer in the documentation and/or other materials provided with the
   distribution.
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse
   or promote products derived from this software without specific prior written permission.

THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF
THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
*/

/// Vega as one object, of the modules above: `vegaModules[name](exports, require, module)`.
const vega = (() => {
  const loaded = {};
  const require = (name) => {
    // Map projections are not in the page, and what they are for is not used.
    if (!(name in vegaModules)) return {};
    if (!(name in loaded)) {
      const module = { exports: (loaded[name] = {}) };
      vegaModules[name](module.exports, require, module);
    }
    return loaded[name];
  };
  const { transforms } = require("vega-dataflow");
  for (const name of ["transforms", "view-transforms", "encode", "geo"])
    Object.assign(transforms, require(`vega-${name}`));
  const parts = ["scale", "view", "parser", "util"].map((name) => require(`vega-${name}`));
  return Object.assign({}, ...parts);
})();
