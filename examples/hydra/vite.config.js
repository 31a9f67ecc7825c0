// hydra-synth calls the global object by Node's name.
export default { define: { global: 'globalThis' } };
