using System.Collections.Immutable;

namespace Callback.Windows;

/// <summary>The windows of one day: sorted, apart from each other, none empty. Immutable; equal by content.</summary>
public sealed class WindowSet : IEquatable<WindowSet>
{
    public static readonly WindowSet Closed = new([]);

    public static readonly WindowSet WholeDay = new([CallWindow.WholeDay]);

    private WindowSet(ImmutableArray<CallWindow> windows) => Windows = windows;

    public ImmutableArray<CallWindow> Windows { get; }

    public bool IsClosed => Windows.IsEmpty;

    /// <summary>Joins what touches or overlaps, so that a seam inside the day is never taken for a closing.</summary>
    public static WindowSet Of(params IEnumerable<CallWindow> windows)
    {
        var joined = ImmutableArray.CreateBuilder<CallWindow>();
        foreach (var window in windows.OrderBy(window => window.From))
            if (joined.Count > 0 && window.From <= joined[^1].To)
                joined[^1] = joined[^1] with { To = window.To > joined[^1].To ? window.To : joined[^1].To };
            else
                joined.Add(window);
        return joined.Count == 0 ? Closed : new(joined.ToImmutable());
    }

    public bool Contains(TimeSpan timeOfDay) => Find(timeOfDay) is not null;

    public CallWindow? Find(TimeSpan timeOfDay)
    {
        foreach (var window in Windows)
            if (window.Contains(timeOfDay))
                return window;
        return null;
    }

    public WindowSet Intersect(WindowSet other) => Of(
        from a in Windows
        from b in other.Windows
        let common = new CallWindow(a.From > b.From ? a.From : b.From, a.To < b.To ? a.To : b.To)
        where common.From < common.To
        select common);

    /// <summary>The hours of the day that are not in this set.</summary>
    public WindowSet Complement()
    {
        var gaps = new List<CallWindow>();
        var at = TimeSpan.Zero;
        foreach (var window in Windows)
        {
            if (window.From > at)
                gaps.Add(new(at, window.From));
            at = window.To;
        }
        if (at < CallWindow.Midnight)
            gaps.Add(new(at, CallWindow.Midnight));
        return Of(gaps);
    }

    public bool IsWithin(WindowSet other) => Windows.All(window => other.Windows.Any(outer => outer.Contains(window)));

    public bool Equals(WindowSet? other) => other is not null && Windows.SequenceEqual(other.Windows);

    public override bool Equals(object? obj) => Equals(obj as WindowSet);

    public override int GetHashCode() => Windows.Aggregate(0, HashCode.Combine);

    public override string ToString() => IsClosed ? "closed" : string.Join(", ", Windows);
}
