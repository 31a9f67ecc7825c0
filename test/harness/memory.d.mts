/** The proportional share of memory of every process below this one, in megabytes; 0 where there is no /proc. */
export function browserMegabytes(): number;
