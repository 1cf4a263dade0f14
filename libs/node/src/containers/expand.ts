/**
 * Replaces `$(NAME)` by the variable's value; an unknown one stays as it is, and `$$` is a `$` that begins nothing
 * (Kubernetes: third_party/forked/golang/expansion).
 */
export function expand(text: string, valueOf: (name: string) => string | undefined): string {
  let result = '';
  for (let at = 0; at < text.length;) {
    const dollar = text.indexOf('$', at);
    if (dollar < 0 || dollar + 1 >= text.length) return result + text.slice(at);
    result += text.slice(at, dollar);
    const next = text[dollar + 1]!;
    if (next === '$') {
      result += '$';
      at = dollar + 2;
    } else if (next === '(') {
      const close = text.indexOf(')', dollar + 2);
      if (close < 0) {
        result += '$(';
        at = dollar + 2;
      } else {
        const name = text.slice(dollar + 2, close);
        result += valueOf(name) ?? `$(${name})`;
        at = close + 1;
      }
    } else {
      result += '$' + next;
      at = dollar + 2;
    }
  }
  return result;
}
