namespace Callback.Windows;

/// <summary>Which windows a local date has. Two readings of a policy: its windows, and its legal hours alone.</summary>
internal abstract record Hours(EffectivePolicy Policy)
{
    /// <summary>Null: the policy goes by a calendar that does not know the year.</summary>
    public abstract (WindowSet Windows, DayKind Kind)? On(DateOnly day);

    public TimeSpan Guard => Policy.StartGuard;

    public sealed record OfPolicy(EffectivePolicy Policy) : Hours(Policy)
    {
        public override (WindowSet, DayKind)? On(DateOnly day)
        {
            if (Policy.Calendar is null)
                return (Policy.Week[day.DayOfWeek], DayKind.Ordinary);
            return Policy.Calendar.KindOf(day) is { } kind ? (Policy.Week[day.DayOfWeek, kind], kind) : null;
        }
    }

    public sealed record Legal(EffectivePolicy Policy) : Hours(Policy)
    {
        private readonly WindowSet windows = WindowSet.Of(Policy.LegalHours);

        public override (WindowSet, DayKind)? On(DateOnly day) => (windows, DayKind.Ordinary);
    }
}
