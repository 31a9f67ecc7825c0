export * from './learning';
export * from './memory';
