import { expect, it } from 'vitest';
import { CONSTANTS } from '#lib/analysis/constants.ts';
import { close, vectorJson } from '../support/vectors.ts';
import { ALPHA_MIN_RATERS } from '../support/vectors-only.ts';
import { LIMITS } from '#lib/disclosure/limits.ts';

it('constants and limits are those of the reference vectors, all of them', () => {
  const { config } = vectorJson<{ config: Record<string, number> }>('seedA/expected.json');
  const ours: Record<string, number> = {
    scale_min: CONSTANTS.scaleMin,
    scale_max: CONSTANTS.scaleMax,
    levels: CONSTANTS.levels,
    sigma2_EU: CONSTANTS.chanceVariance,
    cov_frac: CONSTANTS.coverageShare,
    cov_min: CONSTANTS.coverageMin,
    tau_aspect: CONSTANTS.aspectThreshold,
    tau_comp: CONSTANTS.competencyThreshold,
    strength_min: CONSTANTS.strengthMin,
    strength_mean: CONSTANTS.strengthMean,
    growth_max: CONSTANTS.growthMax,
    eps: CONSTANTS.eps,
    min_teachers: LIMITS.minTeachers,
    view_unclear_share: CONSTANTS.unclearShare,
    view_notobs_share: CONSTANTS.notObservedShare,
    clar_min_cells: CONSTANTS.clarityMinCells,
    clar_min_schools: CONSTANTS.clarityMinSchools,
    clar_min_pair_schools: CONSTANTS.clarityMinPairSchools,
    clar_U: CONSTANTS.clarityUnclear,
    clar_C: CONSTANTS.clarityCannotJudge,
    clar_N: CONSTANTS.clarityNoise,
    min_n_ci: CONSTANTS.intervalMinSchools,
    rwg_min_judged: CONSTANTS.agreementMinJudged,
    icc_min_group: CONSTANTS.iccMinGroup,
    icc_min_groups: CONSTANTS.iccMinGroups,
    alpha_min_n: ALPHA_MIN_RATERS,
    conf: CONSTANTS.confidence,
  };
  expect(Object.keys(ours).sort()).toEqual(Object.keys(config).sort());
  expect(Object.keys(config).filter((name) => !close(ours[name], config[name]))).toEqual([]);
});
