// From samples to the figures that are shown.

/** The q-th quantile (0…1) by nearest rank. */
export function quantile(samples, q) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

export const median = (samples) => quantile(samples, 0.5);

/** Three digits are as many as these measurements carry. */
export function round(value) {
  if (value === undefined || Math.abs(value) >= 100) return value === undefined ? value : Math.round(value);
  return Number(value.toPrecision(3));
}

/** A goal is `{ atMost }` or `{ atLeast }`. */
export const meets = (goal, value) =>
  goal.atMost === undefined ? value >= goal.atLeast : value <= goal.atMost;

export const goalText = (goal) =>
  goal === undefined ? '' : goal.atMost === undefined ? `≥ ${goal.atLeast}` : `≤ ${goal.atMost}`;

/** The line that is written for a result: its samples as quantiles, a single sample as it is. */
export function summary({ samples, clientCpu, ...rest }) {
  const tail =
    samples.length > 1 ? { p90: round(quantile(samples, 0.9)), p99: round(quantile(samples, 0.99)) } : {};
  return {
    ...rest,
    n: samples.length,
    median: round(median(samples)),
    ...tail,
    ...(clientCpu === undefined ? {} : { clientCpu: round(clientCpu) }),
  };
}

/** One row for all repetitions of a result: the median of each figure. */
export function overRepetitions(lines) {
  const middle = (field) =>
    lines[0][field] === undefined ? undefined : median(lines.map((line) => line[field]));
  return {
    ...lines[0],
    ...Object.fromEntries(['median', 'p90', 'p99', 'clientCpu'].map((field) => [field, middle(field)])),
  };
}

export function table(rows) {
  const number = (value) => (value === undefined ? '' : value.toLocaleString('en-US'));
  const head = ['', 'median', 'p90', 'p99', 'unit', 'goal', 'client CPU'];
  const cells = rows.map(({ name, median, p90, p99, unit, goal, clientCpu }) => [
    name,
    number(median),
    number(p90),
    number(p99),
    unit,
    goal === undefined ? '' : `${goalText(goal)}${meets(goal, median) ? '' : '  MISSED'}`,
    clientCpu === undefined ? '' : `${Math.round(clientCpu * 100)}%`,
  ]);
  const right = new Set([1, 2, 3, 6]);
  const widths = head.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i].length)));
  return [head, ...cells]
    .map((row) =>
      row
        .map((cell, i) => (right.has(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
