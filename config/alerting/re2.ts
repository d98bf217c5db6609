import { RE2JS } from 're2js';

/** Classes of characters by name: `\pL`, `\p{Greek}`, `\P{^Lu}`. */
const named = /\\[pP]\{\^?([^}]*)\}/g;

/** General categories, as Go's regexp names them: one letter, or two. */
const category = /^(Any|[CLMNPSZ]|C[cfos]|L[lmotu]|M[cen]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps])$/;

/** Scripts of Unicode 16 and 17: Go, up to 1.26, has Unicode 15. */
const scriptsAfter15 =
  /^(Beria_Erfe|Garay|Gurung_Khema|Kirat_Rai|Ol_Onal|Sidetic|Sunuwar|Tai_Yo|Todhri|Tolong_Siki|Tulu_Tigalari)$/;

/** A matcher's regular expression as Alertmanager compiles it: it must match the whole value. */
const anchored = (text: string) => `^(?:${text})$`;

/**
 * Whether Go's regexp, by which Alertmanager reads a matcher, takes a text: RE2's syntax, without lookaround
 * and references back, and with at most a thousand repetitions. Its port re2js knows more classes of
 * characters (`\p{Emoji}`), so that only categories and scripts are left.
 *
 * By itself, since of `a)|(b` Alertmanager would anchor each half at one end, and as it is compiled, where an
 * open `\Q` would quote the end too.
 */
export function isRe2(text: string): boolean {
  try {
    RE2JS.compile(text);
    RE2JS.compile(anchored(text));
    return [...text.matchAll(named)].every(([, name = '']) => category.test(name) || isScript(name));
  } catch {
    return false;
  }
}

function isScript(name: string): boolean {
  if (scriptsAfter15.test(name)) return false;
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').source !== '';
  } catch {
    return false;
  }
}

/** Whether a value is one that a regular expression of Go's matches as a whole, as Alertmanager asks it. */
export function re2Matches(expression: string): (value: string) => boolean {
  const compiled = RE2JS.compile(anchored(expression));
  return (value) => compiled.matcher(value).find();
}
