export * from './live';
export * from './memory';
