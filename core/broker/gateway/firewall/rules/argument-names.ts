// Names with a meaning for the firewall, as the peer knows them (wire contract sections 18, 32.17). A name is
// taken apart at everything that is no letter or digit of ASCII; capitals inside a word do not part it.

const PATHS =
  words(`path file filepath file_path filename directory dir root cwd target destination source
  input_path output_path source_path destination_path inputpath outputpath sourcepath destinationpath
  workingdirectory working_directory`);
const DANGEROUS_PARTS =
  words(`cmd command shell exec executable script code program url uri endpoint host
  headers authorization env environment cwd body payload content template`);
const DANGEROUS_WHOLE = words('shellcommand execargs requesturl httpheaders');
const CREDENTIALS =
  `password passwd passphrase secret token credential authorization apikey privatekey sshkey
  signingkey accesskey sessionkey clientkey encryptionkey decryptionkey keymaterial bearer cookie`.split(
    /\s+/,
  );
const CREDENTIALS_WHOLE = words('auth key');

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}

/** True where the peer takes an argument of this name for a path, whatever its value. */
export const isPathName = (name: string): boolean => PATHS.has(parted(name));

/** True where an argument of this name needs a rule that declares it. */
export const isDangerousName = (name: string): boolean => {
  const whole = parted(name);
  return (
    isCredentialName(name) ||
    DANGEROUS_WHOLE.has(whole) ||
    whole.split('_').some((part) => DANGEROUS_PARTS.has(part)) ||
    PATHS.has(whole)
  );
};

/** True where a name looks as if its value were a secret; such a value stands in no log. */
export const isCredentialName = (name: string): boolean => {
  const compact = compactName(name);
  return CREDENTIALS_WHOLE.has(compact) || CREDENTIALS.some((marker) => compact.includes(marker));
};

/** A name's letters and digits in lower case. */
export const compactName = (name: string): string =>
  name.toLowerCase().replace(/[^\p{L}\p{Nd}]/gu, '');

const parted = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '');
