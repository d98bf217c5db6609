import { RE2JS } from 're2js';

/** Classes of characters by name: `\pL`, `\p{Greek}`, `\P{^Lu}`. */
const named = /\\[pP]\{\^?([^}]*)\}/g;

/** General categories, as Go's regexp names them: one letter, or two. */
const category = /^(Any|[CLMNPSZ]|C[cfos]|L[lmotu]|M[cen]|N[dlo]|P[cdefios]|S[ckmo]|Z[lps])$/;

/**
 * Whether Go's regexp, by which Alertmanager reads a matcher, takes a text: RE2's syntax, without lookaround
 * and references back, and with at most a thousand repetitions. Its port re2js knows more classes of
 * characters (`\p{Emoji}`), so that only categories and scripts are left.
 */
export function isRe2(text: string): boolean {
  try {
    RE2JS.compile(text);
    return [...text.matchAll(named)].every(([, name = '']) => category.test(name) || isScript(name));
  } catch {
    return false;
  }
}

function isScript(name: string): boolean {
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').source !== '';
  } catch {
    return false;
  }
}
