// The recipes of docs/guide.md; test/unit/guide.test.ts checks their types.
declare module 'virtual:guide/*';
