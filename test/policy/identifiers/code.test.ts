import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  birthDate,
  citizenIdOf,
  maskCode,
  parseCode,
  registrationNumberOf,
  subjectKindOf,
  usccOf,
} from '../../../policy/identifiers/code.ts';
import {
  isOrganizationCode,
  organizationCheckCharacter,
} from '../../../policy/identifiers/organizationCode.ts';
import * as make from './codes.ts';

const TODAY = '2026-03-01';

function read(raw: string) {
  return parseCode(raw, TODAY);
}

/** What the code was read as: its canonical form and kind, or null if refused. */
function readAs(raw: string): [string, string] | null {
  const parsed = read(raw);
  return parsed.ok ? [parsed.code, parsed.codeKind] : null;
}

describe('[SH-5] a code that checks out is read as what it is', () => {
  test.each([
    [usccOf('91310116MA1J8XXX0'), 'USCC'],
    [citizenIdOf('31011619800101001'), 'CITIZEN_ID'],
    [registrationNumberOf('31011600001234'), 'REGISTRATION_NUMBER'],
    ['13830295-X', 'ORGANIZATION_CODE'],
  ])('%s is a %s', (code, kind) => {
    expect(readAs(code)).toEqual([code.replace('-', ''), kind]);
  });

  test('known vectors, those of the standards among them', () => {
    expect(usccOf('91350100M000100Y4')).toBe('91350100M000100Y43');
    expect(citizenIdOf('11010519491231002')).toBe('11010519491231002X');
    expect(registrationNumberOf('44030110309741')).toBe('440301103097413');
    expect(organizationCheckCharacter('D2143569')).toBe('X');
  });

  test.each(['1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'N', 'Y'])(
    'department %s is in use',
    (department) => {
      expect(readAs(usccOf(`${department}1310116MA1J8XXX0`))?.[1]).toBe('USCC');
    },
  );

  test('a check character of 0 is valid', () => {
    const code = make.samples(make.uscc, 400).find((one) => one.endsWith('0'));
    expect(readAs(code ?? '')?.[1]).toBe('USCC');
  });

  test('width, case, blanks and dashes do not matter', () => {
    const uscc = usccOf('91310000X0724119X');
    expect(readAs(uscc.toLowerCase())).toEqual([uscc, 'USCC']);
    expect(readAs(`　${uscc.slice(0, 8)} ${uscc.slice(8)}\t`)).toEqual([uscc, 'USCC']);
    expect(readAs('１１０１０５１９４９１２３１００２ｘ')).toEqual(['11010519491231002X', 'CITIZEN_ID']);
    expect(readAs('13830295－x')).toEqual(['13830295X', 'ORGANIZATION_CODE']);
  });

  test('residence permits (81 to 83) and permanent residence of foreigners (9) are citizen ids', () => {
    for (const region of ['810000', '820000', '830000', '931840']) {
      expect(readAs(citizenIdOf(`${region}19800101001`))?.[1]).toBe('CITIZEN_ID');
    }
  });
});

describe('[SH-5] a code that does not check out is refused with the reason', () => {
  test.each([
    ['91310116MA1J8XXX00', '校验码'],
    ['91310116MA1J8XXXO0', '“O”'],
    ['01310116MA1J8XXX00', '首位'],
    [citizenIdOf('31011619900229001'), '出生日期不存在'],
    [citizenIdOf('31011620990101001'), '今天之后'],
    [citizenIdOf('99011619800101001'), '统一社会信用代码'],
    [citizenIdOf('48011619800101001'), '地区码'],
    ['310116198001010011', '身份证号校验码'],
    ['310116000012349', '注册号校验码'],
    ['13830295-1', '组织机构代码校验码'],
    ['3201912300437', '13 位'],
    ['企合苏宁总字第0002', '11 位'],
  ])('%s: %s', (code, because) => {
    const parsed = read(code);
    expect(parsed).toMatchObject({ ok: false, none: false });
    expect(parsed.ok ? '' : parsed.reason.zh).toContain(because);
  });

  test('a birth on the day itself is one, the day after is not yet', () => {
    const code = citizenIdOf('31011620260301001');
    expect(parseCode(code, '2026-03-01').ok).toBe(true);
    expect(parseCode(code, '2026-02-28').ok).toBe(false);
  });

  test('[JS-4] no reason quotes a mistyped citizen id or its date of birth', () => {
    fc.assert(
      fc.property(make.citizenId, fc.nat(17), fc.nat(9), (code, at, digit) => {
        const parsed = read(make.changed(code, at, String(digit)));
        const reason = parsed.ok ? '' : `${parsed.reason.zh} ${parsed.reason.en}`;
        expect(reason).not.toMatch(/\d{4}/);
      }),
    );
  });
});

test.each([
  '',
  '  ',
  '无',
  '暂无',
  '-',
  '--',
  '/',
  'N/A',
  'n/a',
  'NULL',
  '0',
  '000000000',
  '000000000000000',
  '00000000-0',
])('“%s” says that there is no code', (raw) => {
  expect(read(raw)).toMatchObject({ ok: false, none: true });
});

test('17 zeros and X, and 18 zeros, say that there is no code', () => {
  expect(read(`${'0'.repeat(17)}X`)).toMatchObject({ ok: false, none: true });
  expect(read('0'.repeat(18))).toMatchObject({ ok: false, none: true });
});

describe('[SH-5] properties of the four codes', () => {
  test.each(make.KINDS)('a generated $kind reads as itself', ({ kind, codes }) => {
    fc.assert(fc.property(codes, (code) => expect(readAs(code)).toEqual([code, kind])));
  });

  test.each(make.KINDS)(
    'a $kind with one changed character is never again one',
    ({ kind, codes, alphabet, undetected }) => {
      fc.assert(
        fc.property(codes, fc.nat(17), fc.constantFrom(...alphabet), (code, position, character) => {
          const at = position % code.length;
          fc.pre(code.charAt(at) !== character && !undetected(code.charAt(at), character));
          expect(readAs(make.changed(code, at, character))?.[1]).not.toBe(kind);
        }),
        { numRuns: 500 },
      );
    },
  );

  test('an organization code does not notice a change between characters 11 apart', () => {
    const code = `0000000B${organizationCheckCharacter('0000000B')}`;
    expect(isOrganizationCode(make.changed(code, 7, '0'))).toBe(true);
  });

  test('whatever is typed, the answer is a code or a reason in both languages', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 24 }), (raw) => {
        const parsed = read(raw);
        if (parsed.ok) expect(readAs(parsed.code)).toEqual([parsed.code, parsed.codeKind]);
        else expect(parsed.reason.zh && parsed.reason.en).toBeTruthy();
      }),
    );
  });

  test('generators refuse what is not the beginning of a code', () => {
    expect(() => usccOf('91310116MA1J8XXXO')).toThrow(RangeError);
    expect(() => usccOf('9131')).toThrow(RangeError);
    expect(() => citizenIdOf('3101161980010100X')).toThrow(RangeError);
    expect(() => registrationNumberOf('1')).toThrow(RangeError);
    expect(() => organizationCheckCharacter('1383029-')).toThrow(RangeError);
  });
});

describe('[SH-5] eighteen digits that pass both checks', () => {
  test('a person of a county whose digits look like a department is a person', () => {
    // 511303: Gaoping, Nanchong; 51 would be 社会团体 and 13 Hebei
    const both = make.passingBoth('511303', '19800101');
    expect(read(both)).toMatchObject({ ok: true, codeKind: 'CITIZEN_ID', subjectKind: 'NATURAL_PERSON' });
    expect(read(both)).toMatchObject({
      warnings: [{ en: expect.stringContaining('unified social credit code') }],
    });
  });

  test('a firm of a district ending in 20 whose organization code reads as a birthday is a firm', () => {
    const both = make.firmPassingBoth('91310120');
    expect(read(both)).toMatchObject({ ok: true, codeKind: 'USCC', subjectKind: 'LEGAL_PERSON' });
    expect(read(both)).toMatchObject({ warnings: [{ en: expect.stringContaining('citizen id') }] });
  });

  test('no citizen id of a province is ever taken for a unified code', () => {
    fc.assert(
      fc.property(make.citizenId, (code) => expect(readAs(code)).toEqual([code, 'CITIZEN_ID'])),
      { numRuns: 2_000 },
    );
  });
});

describe('[SH-5] what is odd about a real code warns and never refuses', () => {
  test.each([
    ['an organization code that fails its own check', usccOf('91310116123456780'), 'organization code'],
    ['a division in no province', usccOf('91999999MA1J8XXX0'), 'province'],
    ['an unlisted category', usccOf('98310116MA1J8XXX0'), 'category'],
  ])('%s', (_name, code, warning) => {
    const parsed = read(code);
    expect(parsed.ok && parsed.warnings.map(({ en }) => en).join()).toContain(warning);
  });

  test('withdrawn and zone divisions are no oddity, nor are national authorities', () => {
    const organization = `13830295${organizationCheckCharacter('13830295')}`;
    for (const division of ['310119', '320691', '370371', '100000']) {
      expect(read(usccOf(`91${division}${organization}`))).toMatchObject({ ok: true, warnings: [] });
    }
  });

  test('a registration number that could be a citizen id of 15 digits', () => {
    expect(read(registrationNumberOf('32010660012345'))).toMatchObject({ ok: true, warnings: [{}] });
    expect(read(registrationNumberOf('32010600012345'))).toMatchObject({ ok: true, warnings: [] });
  });
});

describe('[SH-2] the kind of subject', () => {
  test.each([
    ['11', 'LEGAL_PERSON'],
    ['12', 'LEGAL_PERSON'],
    ['31', 'UNINCORPORATED_ORGANIZATION'],
    ['51', 'LEGAL_PERSON'],
    ['52', 'LEGAL_PERSON'],
    ['54', 'LEGAL_PERSON'],
    ['62', 'UNINCORPORATED_ORGANIZATION'],
    ['81', 'LEGAL_PERSON'],
    ['91', 'LEGAL_PERSON'],
    ['92', 'UNINCORPORATED_ORGANIZATION'],
    ['93', 'LEGAL_PERSON'],
    ['N2', 'LEGAL_PERSON'],
  ])('unified code %s… is a %s', (prefix, subjectKind) => {
    expect(read(usccOf(`${prefix}310116MA1J8XXX0`))).toMatchObject({ subjectKind });
  });

  test('registration numbers of individual businesses are told by their serial', () => {
    expect(read(registrationNumberOf('31011660001234'))).toMatchObject({
      subjectKind: 'UNINCORPORATED_ORGANIZATION',
    });
    expect(read(registrationNumberOf('31011640001234'))).toMatchObject({ subjectKind: 'LEGAL_PERSON' });
  });

  test.each([
    ['普通合伙', 'UNINCORPORATED_ORGANIZATION'],
    ['有限合伙企业', 'UNINCORPORATED_ORGANIZATION'],
    ['个人独资企业', 'UNINCORPORATED_ORGANIZATION'],
    ['集体分支机构（非法人）', 'UNINCORPORATED_ORGANIZATION'],
    ['有限责任公司分公司(自然人独资)', 'UNINCORPORATED_ORGANIZATION'],
    ['外国(地区)企业常驻代表机构', 'UNINCORPORATED_ORGANIZATION'],
    ['个体工商户', 'UNINCORPORATED_ORGANIZATION'],
    ['有限责任公司(自然人独资)', 'LEGAL_PERSON'],
    ['股份合作制', 'LEGAL_PERSON'],
    ['N/A', 'LEGAL_PERSON'],
  ])('an enterprise of type %s is a %s', (type, kind) => {
    expect(subjectKindOf('USCC', usccOf('91310116MA1J8XXX0'), type)).toBe(kind);
  });

  test('an enterprise type never makes a person an organization', () => {
    expect(subjectKindOf('CITIZEN_ID', citizenIdOf('31011619800101001'), '个体工商户')).toBe(
      'NATURAL_PERSON',
    );
  });
});

test('[JS-4] a masked citizen id shows neither birth nor sequence; organizations stay whole', () => {
  const code = citizenIdOf('11010519491231002');
  expect(maskCode(code, 'CITIZEN_ID')).toBe('110105**********2X');
  expect(maskCode(usccOf('91310116MA1J8XXX0'), 'USCC')).toBe(usccOf('91310116MA1J8XXX0'));
});

test('the date of birth is in the citizen id', () => {
  expect(birthDate('11010519491231002X')).toBe('1949-12-31');
});
