export * from './learning';
export * from './live';
export * from './memory';
