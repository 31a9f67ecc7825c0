/** Access to arrays of float32 and int32 by index. An array is the address of its first element. */

// @inline
export function getFloat(array: usize, index: i32): f32 {
  return load<f32>(array + ((<usize>index) << 2));
}

// @inline
export function putFloat(array: usize, index: i32, value: f32): void {
  store<f32>(array + ((<usize>index) << 2), value);
}

// @inline
export function getInt(array: usize, index: i32): i32 {
  return load<i32>(array + ((<usize>index) << 2));
}

// @inline
export function putInt(array: usize, index: i32, value: i32): void {
  store<i32>(array + ((<usize>index) << 2), value);
}
