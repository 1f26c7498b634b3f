using System.Collections.Frozen;

namespace Callback.CallScripts;

/// <summary>All outcomes, reason codes and kinds of follow-up tasks, in the order of the screens.</summary>
public sealed class OutcomeCatalogue(
    IReadOnlyList<Outcome> outcomes,
    IReadOnlyList<ReasonCode> reasons,
    IReadOnlyList<FollowUpTaskKind> taskKinds)
{
    private readonly FrozenDictionary<string, Outcome> byCode = outcomes.ToFrozenDictionary(outcome => outcome.Code);
    private readonly FrozenDictionary<string, ReasonCode> reasonByCode = reasons.ToFrozenDictionary(reason => reason.Code);
    private readonly FrozenDictionary<string, FollowUpTaskKind> taskByCode = taskKinds.ToFrozenDictionary(kind => kind.Code);

    public IReadOnlyList<Outcome> All { get; } = outcomes;

    public IReadOnlyList<ReasonCode> Reasons { get; } = reasons;

    public IReadOnlyList<FollowUpTaskKind> TaskKinds { get; } = taskKinds;

    public IReadOnlyList<Outcome> For(Purpose purpose) => [.. All.Where(outcome => outcome.Purposes.Contains(purpose))];

    public IReadOnlyList<ReasonCode> ReasonsFor(Purpose purpose) => [.. Reasons.Where(reason => reason.Purposes.Contains(purpose))];

    /// <summary>The outcome by code; null: there is none for this purpose.</summary>
    public Outcome? Find(string? code, Purpose purpose) => Find(code) is { } outcome && outcome.Purposes.Contains(purpose) ? outcome : null;

    /// <summary>The outcome by code, for results recorded under any purpose.</summary>
    public Outcome? Find(string? code) => code is null ? null : byCode.GetValueOrDefault(code);

    public ReasonCode? FindReason(string code) => reasonByCode.GetValueOrDefault(code);

    public FollowUpTaskKind? FindTaskKind(string code) => taskByCode.GetValueOrDefault(code);
}
