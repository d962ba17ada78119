import { describe, expect, it } from '@jest/globals';
import { FaultsSchema, readAssignment, SwitchesSchema } from '../../simulator/index.ts';

describe('a setting on the command line', () => {
  it.each<[string, unknown]>([
    ['pastToleranceS=30', 30],
    ['encryptSuccesses=false', false],
    ['duplicateSlug=user_not_created', 'user_not_created'],
    ['webhookUrl=http://127.0.0.1:8080/hook?a=b', 'http://127.0.0.1:8080/hook?a=b'],
    ['unknownSirets=["73282932000074"]', ['73282932000074']],
    ['extraFields', true],
  ])('%s is a switch', (text, value) => {
    const assignment = readAssignment(text, true);
    expect(assignment.value).toEqual(value);
    expect(SwitchesSchema.partial().parse({ [assignment.name]: assignment.value })).toEqual({
      [assignment.name]: value,
    });
  });

  it('may be a fault, on every call or some', () => {
    const parse = (text: string) => {
      const { name, value } = readAssignment(text, {});
      return FaultsSchema.parse({ [name]: value });
    };
    expect(parse('loseAnswer')).toEqual({ loseAnswer: {} });
    expect(parse('http5xx={"probability":0.1}')).toEqual({ http5xx: { probability: 0.1 } });
    expect(() => parse('gremlins')).toThrow('gremlins');
  });
});
