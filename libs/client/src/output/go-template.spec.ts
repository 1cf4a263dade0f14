import { describe, expect, it } from 'vitest';
import { parseGoTemplate } from './go-template.ts';

const data = {
  metadata: { name: 'web', labels: { b: '2', a: '1' } },
  items: [
    { name: 'x', ready: true },
    { name: 'y', ready: false },
  ],
  count: 0,
};

describe('go-template', () => {
  it.each([
    ['{{.metadata.name}}', 'web'],
    ['<{{ .metadata.name }}>', '<web>'],
    ['{{range .items}}{{.name}} {{end}}', 'x y '],
    ['{{range .items}}{{.name}}{{"\\n"}}{{end}}', 'x\ny\n'],
    ['{{range .none}}a{{else}}none{{end}}', 'none'],
    ['{{range .metadata.labels}}{{.}}{{end}}', '12'],
    ['{{if .count}}some{{else}}no{{end}}', 'no'],
    ['{{range .items}}{{if .ready}}{{.name}}{{end}}{{end}}', 'x'],
    ['{{with .metadata}}{{.name}}{{end}}', 'web'],
    ['{{range .items}}{{$.metadata.name}}{{end}}', 'webweb'],
    ['{{len .items}}', '2'],
    ['{{index .metadata.labels "a"}}{{(index .items 1)}}', '1map[name:y ready:false]'],
    ['{{(index .items 1).name}}{{len (index .items 0)}}', 'y2'],
    ['{{range $i, $e := .items}}{{$i}}={{$e.name}}{{if $i}}.{{else}},{{end}}{{end}}', '0=x,1=y.'],
    ['{{range $k, $v := .metadata.labels}}{{$k}}={{$v}} {{end}}', 'a=1 b=2 '],
    ['{{$n := .metadata.name}}{{range .items}}{{$n}}{{.name}}{{end}}', 'webxweby'],
    ['{{$last := ""}}{{range .items}}{{$last = .name}}{{end}}{{$last}}', 'y'],
    ['{{range .items}}{{if eq .name "x"}}1{{else if eq .name "y"}}2{{else}}3{{end}}{{end}}', '12'],
    ['{{range .items}}{{.name}}{{break}}{{end}}', 'x'],
    ['{{range .items}}{{if .ready}}{{continue}}{{end}}{{.name}}{{end}}', 'y'],
    ['{{with $x := .metadata}}{{$x.name}}{{end}}', 'web'],
    ['{{if and (eq .metadata.name "web") (not .count)}}yes{{end}}', 'yes'],
    ['{{.nothing.below}}', '<no value>'],
    ['{{index .items 1 "name"}}', 'y'],
    ['a {{- .metadata.name -}} b', 'awebb'],
    ['{{.missing}}', '<no value>'],
    ['{{.metadata.labels}}', 'map[a:1 b:2]'],
    ['{{.metadata.name | len}}', '3'],
    ['{{"d2Vi" | base64decode}}', 'web'],
    ['{{.metadata.name|printf "%s-%s" "a"}} {{printf "%-3s<%q%%" "x" "y"}}', 'a-web x  <"y"%'],
    ['{{if and .items (.count)}}x{{end}}', ''],
    ['{{if and .items .count}}x{{else}}y{{end}}{{or .count "z"}}', 'yz'],
    ['{{if ne .metadata.name "x"}}{{if gt 2 1}}y{{end}}{{end}}', 'y'],
    ['{{/* said to nobody */}}x', 'x'],
  ])('%s', (template, text) => {
    expect(parseGoTemplate(template)(data)).toBe(text);
  });

  it.each([
    '{{',
    '{{.a',
    '{{end}}',
    '{{range .a}}',
    '{{}}',
    '{{printf "%s" .a}}{{',
    '{{nofunc}}',
    '{{$x}}',
    '{{(.a}}',
    '{{else}}',
  ])('refuses %s', (template) => {
    expect(() => parseGoTemplate(template)(data)).toThrow('error parsing template');
  });

  it('does not reach what is inherited', () => {
    expect(parseGoTemplate('{{.constructor}}{{.metadata.__proto__}}')(data)).toBe('<no value><no value>');
  });
});
