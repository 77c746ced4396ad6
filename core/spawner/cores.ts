/**
 * The cores that a process may run on, from `Cpus_allowed_list` of its `/proc/PID/status` (`0-1,4`). A
 * container or a service manager may have taken some away, so counting them is not enough.
 */
export const allowedCores = (status: string): readonly number[] => {
  const list = /^Cpus_allowed_list:\s*([\d,-]+)$/m.exec(status)?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, place) => first + place);
  });
};
