using Syrinx.Planning.Costs;
using Syrinx.Planning.Validation;

namespace Syrinx.Planning.Tests;

public sealed class ValidationTests
{
    [Fact]
    public void The_median_error_over_every_run_with_hours_is_below_a_fifth_and_so_it_is_when_each_is_left_out()
    {
        var report = PlannerValidation.Run();
        Assert.Equal(14, report.Runs.Count);
        Assert.Equal(Calibration.Median(report.Runs.Select(r => Math.Abs(r.PredictedGpuHours / r.PublishedGpuHours - 1))), report.MedianAbsError, 1e-12);
        Assert.InRange(report.MedianAbsError, 0, 0.20);
        Assert.InRange(report.LeaveOneOutMedianAbsError, 0, 0.20);
        Assert.Equal(2, report.Power.Count);
        Assert.All(report.Power, power => Assert.InRange(power.Ratio, 0.8, 1.2));
        // knowing layouts, links and memory is worth something against knowing one number
        Assert.True(report.LeaveOneOutMedianAbsError < 0.75 * report.ConstantMfuMedianAbsError);
    }

    [Fact]
    public void The_constants_are_those_that_the_published_runs_choose()
    {
        var chosen = new Calibration(PublishedRuns.All).Choose();
        Assert.Equal(CostConstants.Default, chosen);
    }

    [Fact]
    public void No_assumption_carries_the_result()
    {
        var known = CostConstants.Default;
        CostConstants[] moved =
        [
            known with { HiddenCost = 0 }, known with { HiddenCost = 0.3 }, known with { AttentionShare = 0.35 }, known with { AttentionShare = 0.75 },
            known with { NodeLinkEfficiency = 0.6 }, known with { NodeLinkEfficiency = 0.9 }, known with { NetworkEfficiency = 0.5 },
            known with { NetworkEfficiency = 0.9 }, known with { KernelSeconds = 2e-6 }, known with { KernelSeconds = 1e-5 },
            known with { MatmulShare = 0.7 }, known with { MatmulShare = 0.87 }, known with { MatmulEfficiency = 0.6 }, known with { MatmulEfficiency = 0.8 },
        ];
        Assert.All(moved, constants => Assert.InRange(Calibration.Median(PublishedRuns.All.Where(run => run.Hours is not null)
            .Select(run => Math.Abs(RunPrediction.Of(run, constants).Hours / run.Hours!.Value - 1))), 0, 0.20));
    }

    [Fact]
    public void A_prediction_does_not_see_the_hours_or_the_speed_that_it_is_compared_with()
    {
        foreach (var run in PublishedRuns.All)
        {
            var blind = RunPrediction.Of(run with { Hours = null, StepMfu = null, StepSeconds = null, WattsMeasured = null, Note = null }, CostConstants.Default);
            Assert.Equal(RunPrediction.Of(run, CostConstants.Default), blind);
        }
    }

    [Fact]
    public void A_run_that_is_left_out_does_not_move_the_constants_it_is_predicted_with()
    {
        var llama = PublishedRuns.All.Single(run => run.Name == "Llama 3.1 405B");
        var doubled = PublishedRuns.All.Select(run => run == llama ? run with { Hours = run.Hours * 2 } : run).ToList();
        Assert.Equal(new Calibration(PublishedRuns.All).Choose(without: llama), new Calibration(doubled).Choose(without: doubled.Single(r => r.Name == llama.Name)));
    }

    [Fact]
    public void The_hours_of_llama_65B_are_its_throughput_times_its_tokens_and_so_have_no_restarts_in_them() =>
        Assert.Equal(1.4e12 / 380 / 3600, PublishedRuns.All.Single(run => run.Name == "LLaMA-65B").Hours!.Value, 0.002 * 1e6);
}
