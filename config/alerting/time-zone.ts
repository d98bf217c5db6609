/**
 * Places that ICU, and so JavaScript, calls by a name that the time zone database has given up for another. A
 * Node.js that has learned the present name is none the worse for it.
 */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

/** UTC, and differences to it, whose sign is that of POSIX. */
const offset = /^(UTC|Etc\/UTC|Etc\/GMT(\+([1-9]|1[0-2])|-([1-9]|1[0-4])))$/;

let ofIcu: ReadonlySet<string> | undefined;

/** Those that JavaScript lists, asked for once and only where a stack file names a zone. */
const listed = (): ReadonlySet<string> => (ofIcu ??= new Set(Intl.supportedValuesOf('timeZone')));

/**
 * Whether Alertmanager has a file for a time zone: Go opens it by its name, exactly as written.
 *
 * JavaScript takes every case and every older name. Alertmanager's image has the files of Debian's `tzdata`
 * since 13, where older names (`US/Eastern`, `Asia/Calcutta`, `CET`) went into a package of their own that is
 * not installed. The operator, which has all of them built in, and amtool elsewhere say nothing.
 */
export const isTimeZone = (text: string): boolean =>
  offset.test(text) || Object.values(renamed).includes(text) || (!(text in renamed) && listed().has(text));
