/** Places that the time zone database writes in capitals. */
const capitals = [
  ...[
    'US',
    'GB',
    'NZ',
    'PRC',
    'ROC',
    'ROK',
    'W',
    'SU',
    'IN',
    'NSW',
    'ACT',
    'LHI',
    'UTC',
    'GMT',
    'UCT',
    'CHAT',
  ],
  ...['CET', 'EET', 'MET', 'WET', 'EST', 'HST', 'MST', 'EST5EDT', 'CST6CDT', 'MST7MDT', 'PST8PDT'],
];

/** A word of a name: Kolkata, BajaNorte. */
const word = /^([A-Z][a-z]+)+$/;

/** A difference to Greenwich: GMT+0, Etc/GMT-14. */
const offset = /^GMT[+-]?\d{0,2}$/;

/**
 * Whether a text is a name of the time zone database, written as there: Go opens the file of that name, so
 * that it must be exact, and JavaScript takes it in any case.
 */
export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
  } catch {
    return false;
  }
  // Those that ICU has for itself; of others it knows what they mean.
  const lowerCase = text.toLowerCase();
  const exact = Intl.supportedValuesOf('timeZone').find((name) => name.toLowerCase() === lowerCase);
  if (exact !== undefined) return exact === text;
  return text.split('/').every((part) => offset.test(part) || part.split(/[_-]/).every(isWord));
}

function isWord(text: string): boolean {
  const inCapitals = capitals.includes(text.toUpperCase());
  return inCapitals ? capitals.includes(text) : word.test(text);
}
