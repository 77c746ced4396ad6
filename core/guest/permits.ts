/**
 * What a guest may see: every object of the realm by a path, with the names of its own properties.
 * Whatever an engine has beyond this list is deleted before any plugin byte, so an upgrade adds no power.
 * Left out on purpose: what runs text as code, shared or uncounted memory (SharedArrayBuffer, Atomics,
 * WebAssembly, resizable buffers), what shows time or garbage collection (DateTimeFormat, WeakRef,
 * FinalizationRegistry), the engine's console, and the language's legacy corners. `Temporal` is left out
 * too: with its `Now` standing still it would add no power, but making, walking and freezing its 242
 * objects takes 1.7 ms of every step, and merely making them 0.4.
 */
const NAMED = `
global: Object Function Array Number parseFloat parseInt Infinity NaN undefined Boolean String Symbol Date Promise RegExp Error AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError globalThis JSON Math ArrayBuffer Uint8Array Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array Float64Array Float16Array DataView Map BigInt Set Iterator WeakMap WeakSet Proxy Reflect decodeURI decodeURIComponent encodeURI encodeURIComponent isFinite isNaN SuppressedError DisposableStack AsyncDisposableStack
Object: prototype assign getOwnPropertyDescriptor getOwnPropertyDescriptors getOwnPropertyNames getOwnPropertySymbols hasOwn is preventExtensions seal create defineProperties defineProperty freeze getPrototypeOf setPrototypeOf isExtensible isFrozen isSealed keys entries fromEntries values groupBy
Object.prototype: constructor hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf toLocaleString
Function: prototype
Function.prototype: length name constructor apply bind call toString @@hasInstance
Array: prototype isArray from fromAsync of @@species
Array.prototype: length constructor at concat copyWithin fill find findIndex findLast findLastIndex lastIndexOf pop push reverse shift unshift slice sort splice includes indexOf join keys entries values forEach filter flat flatMap map every some reduce reduceRight toReversed toSorted toSpliced with toLocaleString toString @@iterator @@unscopables
Array.prototype.@@unscopables: at copyWithin entries fill find findIndex findLast findLastIndex flat flatMap includes keys toReversed toSorted toSpliced values
Number: prototype isFinite isInteger isNaN isSafeInteger parseFloat parseInt MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY MAX_SAFE_INTEGER MIN_SAFE_INTEGER EPSILON
Number.prototype: constructor toExponential toFixed toPrecision toString valueOf toLocaleString
Boolean: prototype
Boolean.prototype: constructor toString valueOf
String: prototype fromCharCode fromCodePoint raw
String.prototype: length constructor at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf localeCompare match matchAll normalize padEnd padStart repeat replace replaceAll search slice split substr substring startsWith toString toWellFormed trim trimStart trimLeft trimEnd trimRight toLocaleLowerCase toLocaleUpperCase toLowerCase toUpperCase valueOf @@iterator
Symbol: prototype for keyFor asyncIterator hasInstance isConcatSpreadable iterator match matchAll replace search species split toPrimitive toStringTag unscopables dispose asyncDispose
Symbol.prototype: constructor toString valueOf description @@toStringTag @@toPrimitive
Date: prototype now parse UTC
Date.prototype: constructor toString toDateString toTimeString toISOString toUTCString getDate setDate getDay getFullYear setFullYear getHours setHours getMilliseconds setMilliseconds getMinutes setMinutes getMonth setMonth getSeconds setSeconds getTime setTime getTimezoneOffset getUTCDate setUTCDate getUTCDay getUTCFullYear setUTCFullYear getUTCHours setUTCHours getUTCMilliseconds setUTCMilliseconds getUTCMinutes setUTCMinutes getUTCMonth setUTCMonth getUTCSeconds setUTCSeconds valueOf toJSON toLocaleString toLocaleDateString toLocaleTimeString @@toPrimitive
Promise: prototype all allSettled any race resolve reject withResolvers try @@species
Promise.prototype: constructor then catch finally @@toStringTag
RegExp: prototype escape @@species
RegExp.prototype: constructor exec dotAll flags global hasIndices ignoreCase multiline source sticky unicode unicodeSets toString test @@match @@matchAll @@replace @@search @@split
Error: prototype captureStackTrace isError stackTraceLimit prepareStackTrace
Error.prototype: constructor name message toString
JSON: parse stringify @@toStringTag
Math: abs acos acosh asin asinh atan atanh atan2 ceil cbrt expm1 clz32 cos cosh exp floor f16round fround hypot imul log log1p log2 log10 max min pow random round sign sin sinh sqrt tan tanh trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2 @@toStringTag
ArrayBuffer: prototype isView
ArrayBuffer.prototype: constructor byteLength slice @@toStringTag
%TypedArray%: prototype of from @@species
%TypedArray%.prototype: constructor buffer byteLength byteOffset length entries keys values at copyWithin every fill filter find findIndex findLast findLastIndex forEach includes indexOf join lastIndexOf map reverse reduce reduceRight set slice some sort subarray toReversed toSorted with toLocaleString toString @@toStringTag @@iterator
DataView: prototype
DataView.prototype: constructor buffer byteLength byteOffset getInt8 setInt8 getUint8 setUint8 getInt16 setInt16 getUint16 setUint16 getInt32 setInt32 getUint32 setUint32 getFloat16 setFloat16 getFloat32 setFloat32 getFloat64 setFloat64 getBigInt64 setBigInt64 getBigUint64 setBigUint64 @@toStringTag
Map: prototype groupBy @@species
Map.prototype: constructor get set has delete clear entries forEach keys size values getOrInsert getOrInsertComputed @@toStringTag @@iterator
BigInt: prototype asUintN asIntN
BigInt.prototype: constructor toLocaleString toString valueOf @@toStringTag
Set: prototype @@species
Set.prototype: constructor has add delete difference clear entries forEach intersection isSubsetOf isSupersetOf isDisjointFrom size symmetricDifference union values keys @@toStringTag @@iterator
Iterator: prototype from concat
Iterator.prototype: constructor reduce toArray forEach some every find map filter take drop flatMap @@iterator @@toStringTag @@dispose
WeakMap: prototype
WeakMap.prototype: constructor delete get set has getOrInsert getOrInsertComputed @@toStringTag
WeakSet: prototype
WeakSet.prototype: constructor delete has add @@toStringTag
Proxy: revocable
Reflect: defineProperty deleteProperty apply construct get getOwnPropertyDescriptor getPrototypeOf has isExtensible ownKeys preventExtensions set setPrototypeOf @@toStringTag
DisposableStack: prototype
DisposableStack.prototype: constructor use dispose adopt defer move disposed @@dispose @@toStringTag
AsyncDisposableStack: prototype
AsyncDisposableStack.prototype: constructor use disposeAsync adopt defer move disposed @@asyncDispose @@toStringTag
%AsyncFunction%.constructor: prototype
%AsyncFunction%: constructor @@toStringTag
%GeneratorFunction%.constructor: prototype
%GeneratorFunction%: prototype constructor @@toStringTag
%GeneratorFunction%.prototype: constructor next return throw @@toStringTag
%AsyncGeneratorFunction%.constructor: prototype
%AsyncGeneratorFunction%: prototype constructor @@toStringTag
%AsyncGeneratorFunction%.prototype: constructor next return throw @@toStringTag
%AsyncIterator%: @@asyncIterator @@asyncDispose
%ArrayIterator%: next @@toStringTag
%StringIterator%: next @@toStringTag
%MapIterator%: next @@toStringTag
%SetIterator%: next @@toStringTag
%RegExpStringIterator%: next @@toStringTag
%IteratorHelper%: next return @@toStringTag
%StackGetter%: length name
%StackSetter%: length name
%WrapForValidIterator%: next return
`;

const ERRORS =
  'AggregateError EvalError RangeError ReferenceError SyntaxError TypeError URIError SuppressedError';
const TYPED_ARRAYS =
  'Int8Array Uint16Array Int16Array Uint32Array Int32Array BigUint64Array BigInt64Array Uint8ClampedArray Float32Array Float64Array Float16Array';

const rowsOf = (names: string, own: string, ofPrototype: string): string =>
  names
    .split(' ')
    .map((name) => `${name}: ${own}\n${name}.prototype: ${ofPrototype}`)
    .join('\n');

/** Path and permitted names, one line each. `@@` stands for a well-known symbol. */
export const PERMITS: string = [
  NAMED.trim(),
  rowsOf(ERRORS, 'prototype', 'constructor name message'),
  rowsOf(TYPED_ARRAYS, 'prototype BYTES_PER_ELEMENT', 'constructor BYTES_PER_ELEMENT'),
  rowsOf(
    'Uint8Array',
    'prototype BYTES_PER_ELEMENT fromBase64 fromHex',
    'constructor BYTES_PER_ELEMENT toBase64 setFromBase64 toHex setFromHex',
  ),
].join('\n');
