using Callback.Wording;

namespace Callback.CallScripts.Editing;

/// <summary>All that is asked of a script before customers hear it: the files' own checks, and the wording guard's red lines.</summary>
public sealed class ScriptCheck(CallScriptBook book, WordingGuard guard)
{
    private static readonly Dictionary<WordingKind, Label> Kinds = new()
    {
        [WordingKind.Rude] = new("rude to a customer", "对客户不礼貌"),
        [WordingKind.AbsolutePromise] = new("an absolute promise", "绝对化的承诺"),
        [WordingKind.RedLine] = new("against the platform's rules", "触碰平台红线"),
        [WordingKind.PaidReview] = new("paying for a review", "用好处换评价"),
        [WordingKind.UnprovenScarcity] = new("scarcity or an end that no fact proves", "没有依据的紧缺或截止"),
        [WordingKind.Privacy] = new("private data", "涉及隐私"),
    };

    public CheckedScript Of(ScriptTexts texts)
    {
        var read = CheckedScript.Of(texts, book.Outcomes);
        var spoken = new[] { read.Zh, read.En }.OfType<CallScript>().SelectMany(script => SpokenWording.Of(script, guard).Select(found => Finding(script, found)));
        return read with { Findings = [.. read.Findings.Concat(spoken).OrderBy(finding => -(int)finding.Kind)] };
    }

    private static ScriptFinding Finding(CallScript script, SpokenFinding found)
    {
        var kind = Kinds.GetValueOrDefault(found.Finding.Kind, new(found.Finding.Kind.ToString(), found.Finding.Kind.ToString()));
        return new(
            script.Language,
            null,
            found.Node.Id,
            found.Finding.Blocks ? ConfigFindingKind.Error : ConfigFindingKind.Warning,
            $"'{found.Words}' is {kind.En}. Better: {found.Finding.Better.En}")
        {
            Chinese = $"“{found.Words}”{kind.Zh}。可以改为：{found.Finding.Better.Zh}",
        };
    }
}
