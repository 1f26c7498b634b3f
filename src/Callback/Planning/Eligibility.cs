using Callback.Windows;

namespace Callback.Planning;

/// <summary>Whether an order may be called at a moment, as <see cref="EligibilityPolicy"/> says.</summary>
public abstract record Eligibility
{
    private Eligibility()
    {
    }

    /// <param name="Kind">By which right.</param>
    /// <param name="GrantNo">0 for the first right, else the grant that would be spent.</param>
    /// <param name="ClosesAt">The last moment at which the call may start; the closing guard is taken off already.</param>
    public sealed record Eligible(CallKind Kind, int GrantNo, DateTimeOffset ClosesAt) : Eligibility;

    /// <param name="Reason">The first reason in the policy's order; others may stand behind it.</param>
    /// <param name="Until">When time alone changes it; null: something else has to happen, or nothing will.</param>
    public sealed record Blocked(BlockReason Reason, DateTimeOffset? Until) : Eligibility
    {
        /// <summary>For <see cref="BlockReason.WindowClosed"/>: why it is closed.</summary>
        public ClosedReason? Window { get; init; }
    }
}
