namespace Callback.Windows;

/// <summary>An effective policy in one line, for <c>callback check-config</c>: weekdays with equal windows are told together.</summary>
public static class PolicyDescription
{
    public static string Of(EffectivePolicy policy)
    {
        var parts = new List<string>
        {
            Week(policy),
            policy.Calendar is null ? "no holidays" : $"holidays {policy.Calendar.Name} ({string.Join(", ", policy.Calendar.Years)})",
            $"promises {policy.LegalHours}",
            $"per person {policy.CapPerDay} a day, {policy.CapPerWeek} a week{(policy.CapPer30Days is { } month ? $", {month} in 30 days" : "")}",
            $"last start {policy.StartGuard.TotalSeconds:0} s before the close",
        };
        if (policy.ConsentRequired.Count > 0)
            parts.Add($"consent needed for {string.Join(", ", policy.ConsentRequired.Order())}");
        if (policy.TestsOnly)
            parts.Add("for tests only");
        if (policy.PracticeOnly)
            parts.Add("for practice shops only");
        return $"{policy.Preset}: {string.Join("; ", parts)}";
    }

    private static string Week(EffectivePolicy policy)
    {
        var runs = new List<(DayOfWeek First, DayOfWeek Last, WindowSet Windows)>();
        foreach (var day in Weekdays.Week)
            if (runs.Count > 0 && runs[^1].Windows.Equals(policy.Week[day]))
                runs[^1] = runs[^1] with { Last = day };
            else
                runs.Add((day, day, policy.Week[day]));
        return string.Join("; ", runs.Select(run =>
            (run.First == run.Last ? Weekdays.NameOf(run.First) : $"{Weekdays.NameOf(run.First)}–{Weekdays.NameOf(run.Last)}") + $" {run.Windows}"));
    }
}
