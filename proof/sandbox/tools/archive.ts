/** Whether an address or file name is that of an archive, in which the program is a file. */
export const isArchive = (name: string): boolean => /\.(tar\.gz|tgz|zip)$/.test(name);
