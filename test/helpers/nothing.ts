// In place of modules of Node in a bundle for a browser
export {};
