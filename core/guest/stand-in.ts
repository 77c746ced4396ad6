import { define, defineProperty } from './primordials.ts';

/** Makes a function of ours the constructor of a prototype of the language, under its name. */
export const standInFor = (prototype: object, name: string, standIn: object): void => {
  defineProperty(standIn, 'prototype', {
    value: prototype,
    writable: false,
    enumerable: false,
    configurable: false,
  });
  define(standIn, 'name', name);
  define(prototype, 'constructor', standIn);
};
