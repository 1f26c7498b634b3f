namespace Callback.Tests.Calls;

/// <summary>The machine's clock, moved: the same offset stands in the test's database, so that node and gate agree while time runs.</summary>
internal sealed class SceneTime : TimeProvider
{
    public TimeSpan Offset { get; set; }

    /// <summary>How far the node's own clock is wrong.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Added to the monotonic clock, as if the process had been stopped.</summary>
    public TimeSpan Paused { get; set; }

    /// <summary>The monotonic clock does not run, however slow the machine is.</summary>
    public bool MonotonicStands { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset + Skew;

    public override long GetTimestamp() => (MonotonicStands ? 0 : System.GetTimestamp()) + (long)(Paused.TotalSeconds * TimestampFrequency);
}
