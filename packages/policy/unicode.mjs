// Writes src/expressions/unicode-data.ts: which general category and which script each character has, as the Unicode of this
// Node has it. A newer Unicode may have newer scripts, which are to be added here.
//
//   node packages/policy/unicode.mjs
import { writeFileSync } from 'node:fs';

const CATEGORIES = `
  Lu Ll Lt Lm Lo Mn Mc Me Nd Nl No Pc Pd Ps Pe Pi Pf Po Sm Sc Sk So Zs Zl Zp Cc Cf Cs Co Cn`;
const SCRIPTS = `
  Adlam Ahom Anatolian_Hieroglyphs Arabic Armenian Avestan Balinese Bamum Bassa_Vah Batak Bengali Beria_Erfe
  Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Canadian_Aboriginal Carian Caucasian_Albanian Chakma Cham
  Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cypro_Minoan Cyrillic Deseret Devanagari Dives_Akuru Dogra
  Duployan Egyptian_Hieroglyphs Elbasan Elymaic Ethiopic Garay Georgian Glagolitic Gothic Grantha Greek Gujarati
  Gunjala_Gondi Gurmukhi Gurung_Khema Han Hangul Hanifi_Rohingya Hanunoo Hatran Hebrew Hiragana Imperial_Aramaic
  Inherited Inscriptional_Pahlavi Inscriptional_Parthian Javanese Kaithi Kannada Katakana Kawi Kayah_Li Kharoshthi
  Khitan_Small_Script Khmer Khojki Khudawadi Kirat_Rai Lao Latin Lepcha Limbu Linear_A Linear_B Lisu Lycian Lydian
  Mahajani Makasar Malayalam Mandaic Manichaean Marchen Masaram_Gondi Medefaidrin Meetei_Mayek Mende_Kikakui
  Meroitic_Cursive Meroitic_Hieroglyphs Miao Modi Mongolian Mro Multani Myanmar Nabataean Nag_Mundari Nandinagari
  New_Tai_Lue Newa Nko Nushu Nyiakeng_Puachue_Hmong Ogham Ol_Chiki Ol_Onal Old_Hungarian Old_Italic
  Old_North_Arabian Old_Permic Old_Persian Old_Sogdian Old_South_Arabian Old_Turkic Old_Uyghur Oriya Osage Osmanya
  Pahawh_Hmong Palmyrene Pau_Cin_Hau Phags_Pa Phoenician Psalter_Pahlavi Rejang Runic Samaritan Saurashtra Sharada
  Shavian Siddham Sidetic SignWriting Sinhala Sogdian Sora_Sompeng Soyombo Sundanese Sunuwar Syloti_Nagri Syriac
  Tagalog Tagbanwa Tai_Le Tai_Tham Tai_Viet Tai_Yo Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh
  Tirhuta Todhri Tolong_Siki Toto Tulu_Tigalari Ugaritic Vai Vithkuqi Wancho Warang_Citi Yezidi Yi
  Zanabazar_Square
  Unknown`;
const LAST = 0x10ffff;

/** Names, and which of them each character has, as runs: the letter of a name and how many characters it is true of. */
function table(list, expressionOf) {
  const known = list
    .trim()
    .split(/\s+/)
    .map((name) => ({ name, is: new RegExp(expressionOf(name), 'u'), runs: 0 }));
  const runs = [];
  let last;
  for (let code = 0; code <= LAST; code++) {
    const character = String.fromCodePoint(code);
    if (!last?.of.is.test(character)) {
      const of = known.find(({ is }) => is.test(character));
      of.runs += 1;
      runs.push((last = { of, length: 0 }));
    }
    last.length += 1;
  }
  // The most frequent have the letters of one byte.
  known.sort((a, b) => b.runs - a.runs);
  const letters = new Map(known.map((one, i) => [one, letter(i)]));
  return {
    names: known.map(({ name }) => name).join(' '),
    runs: runs.map(({ of, length }) => letters.get(of) + (length === 1 ? '' : length.toString(36))).join(''),
  };
}

/** A to Z, then À and so on. */
const letter = (i) => String.fromCharCode(i < 26 ? 0x41 + i : 0xc0 + i - 26);

writeFileSync(
  new URL('src/expressions/unicode-data.ts', import.meta.url),
  `// Written by unicode.mjs out of Unicode ${process.versions.unicode} (Unicode License v3).
/** The names in turn have the letters A to Z, then À and so on; a run is one of these and, where it is not 1, its length in base 36. */
export interface UnicodeTable {
  readonly names: string;
  readonly runs: string;
}
export const UNICODE = "${process.versions.unicode}";
export const CATEGORIES: UnicodeTable = ${JSON.stringify(table(CATEGORIES, (name) => `\\p{gc=${name}}`))};
export const SCRIPTS: UnicodeTable = ${JSON.stringify(table(SCRIPTS, (name) => `\\p{Script=${name}}`))};
`,
);
