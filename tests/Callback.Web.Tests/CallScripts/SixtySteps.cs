using System.Globalization;
using System.Text;
using Callback.CallScripts;

namespace Callback.Web.Tests.CallScripts;

/// <summary>A script as long as a shop's ever gets: ten questions with branches, sixty steps and more.</summary>
internal static class SixtySteps
{
    public const int Questions = 10;

    public static ScriptTexts Texts { get; } = new(
        Text(n => $"第{n}个问题：收货情况", n => $"请问第{n}件商品您收到了吗？用着还满意吗？", "满意", "有一点问题", "没有收到", n => $"道谢（{n}）", n => $"致歉（{n}）", n => $"查快递（{n}）",
            "谢谢您的认可，这对我们很重要。", "真抱歉给您添麻烦了，我马上记下来，尽快给您答复。", "为您催一下快递，查清包裹现在在哪里。", "道别", "谢谢您，再见！", "等客户先挂机", "记下答复期限"),
        Text(n => $"Question {n}: did it arrive?", n => $"May I ask whether item {n} has reached you, and are you happy with it?", "Happy", "Something is wrong", "Not arrived", n => $"Thank them ({n})",
            n => $"Apologise ({n})", n => $"Chase the parcel ({n})", "Thank you, that means a lot to us.", "I am sorry about the trouble. I am noting it down, and you will hear from us soon.",
            "Have the courier find out where the parcel is.", "Goodbye", "Thank you, goodbye!", "Let them hang up first", "Note the time limit"));

    private static string Text(
        Func<int, string> title, Func<int, string> ask, string good, string bad, string missing, Func<int, string> thank, Func<int, string> sorry, Func<int, string> chase,
        string thanks, string apology, string chasing, string bye, string goodbye, string over, string note)
    {
        var text = new StringBuilder("script: sixty\nversion: 1\npurpose: PaymentReminder\ntitle: Sixty\ntarget: 10m\nstart: q1\ngreeting-ends: q2\nnodes:\n");
        for (var n = 1; n <= Questions; n++)
        {
            var next = n == Questions ? "bye" : $"q{n + 1}";
            text.AppendLine(CultureInfo.InvariantCulture, $"""
                  q{n}:
                    title: "{title(n)}"
                    ask: "{ask(n)}"
                    like: [ "{thanks}" ]
                    never: [ "{missing}" ]
                    answers:
                      good: {"{"} label: "{good}", next: thank-{n} {"}"}
                      bad: {"{"} label: "{bad}", next: sorry-{n} {"}"}
                      missing: {"{"} label: "{missing}", next: chase-{n} {"}"}
                  thank-{n}:
                    title: "{thank(n)}"
                    say: "{thanks}"
                    next: {next}
                  sorry-{n}:
                    title: "{sorry(n)}"
                    say: "{apology}"
                    next: note-{n}
                  note-{n}:
                    title: "{note}"
                    do: {"{"} task: CallBackBy {"}"}
                    text: "{apology}"
                    next: {next}
                  chase-{n}:
                    title: "{chase(n)}"
                    do: {"{"} task: CourierChase {"}"}
                    text: "{chasing}"
                    next: told-{n}
                  told-{n}:
                    title: "{chase(n)}"
                    say: "{apology}"
                    next: {next}
                """);
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"  bye:\n    title: {bye}\n    say: {goodbye}\n    next: over\n  over:\n    title: {over}\n    end: {over}");
        return text.ToString().ReplaceLineEndings("\n");
    }
}
