/**
 * How many records of a type a subject has on average over the whole history, by whom they are about. Made so that a subject has about ten
 * today, and one record in a hundred is negative, as the checks of 2016 found it (19 records of 2,254 experts, 13 of 411 firms, 490 of 1,486 travel
 * agencies; SP-check). Absent: that kind of subject has none.
 */
export interface Share {
  type: string;
  organizations?: number;
  persons?: number;
}

export const MIX: readonly Share[] = [
  { type: 'Registration', organizations: 1, persons: 1 },
  { type: 'Permit', organizations: 3.6, persons: 0.8 },
  { type: 'Qualification', organizations: 0.6, persons: 1.5 },
  { type: 'Certification', organizations: 0.8 },
  { type: 'Commitment', organizations: 1.8, persons: 1.4 },
  { type: 'Evaluation', organizations: 1.5 },
  { type: 'Declaration', organizations: 0.4, persons: 0.5 },
  { type: 'ResponsiblePerson', organizations: 1.8 },
  { type: 'AdministrativePenalty', organizations: 0.07, persons: 0.04 },
  { type: 'CoerciveMeasure', organizations: 0.006, persons: 0.003 },
  { type: 'Inspection', organizations: 3 },
  { type: 'Arrears', organizations: 0.02, persons: 0.02 },
  { type: 'ContractRecord', organizations: 0.6, persons: 1 },
  { type: 'AbnormalListing', organizations: 0.03 },
  { type: 'SevereListing', organizations: 0.003, persons: 0.001 },
  { type: 'AdministrativeAct', organizations: 0.4, persons: 1 },
  { type: 'Judgment', organizations: 0.02, persons: 0.015 },
  { type: 'Enforcement', organizations: 0.012, persons: 0.008 },
  { type: 'Honor', organizations: 0.4, persons: 0.4 },
  { type: 'Volunteering', persons: 5.6 },
  { type: 'Donation', organizations: 0.3, persons: 0.8 },
  { type: 'RedListing', organizations: 0.6, persons: 0.1 },
  { type: 'Objection', organizations: 0.01, persons: 0.003 },
  { type: 'Repair', organizations: 0.01, persons: 0.002 },
];
