/** A file of made-up customers, each with a whole form. */
const HEADER =
  'reference;email;language;firstname;lastname;gender;statut;address1;zipcode;city;country';

export function customers(name: string, count: number): Buffer {
  const rows = Array.from(
    { length: count },
    (_, n) =>
      `${name}-${n};${name}-${n}@example.org;fr;Zoé;Brûlé;F;particulier;12 rue des Lilas;01000;Bourg;FR`,
  );
  return Buffer.from([HEADER, ...rows, ''].join('\n'));
}
