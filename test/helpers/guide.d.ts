// The recipes of docs/guide.md. Untyped here; test/unit/guide.test.ts checks their types.
declare module 'virtual:guide/*';
