using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Tests.CallScripts;

/// <summary>A small sound script, whole as a shop's own is, or with its side step in a part as a pack's is.</summary>
internal static class Tiny
{
    public static ScriptTexts Texts { get; } = new(Text("我是{{shop}}的客服。", "哪里不方便？", "再见。"), Text("Hello from {{shop}}.", "What is in the way?", "Goodbye."));

    /// <summary>With other words at the farewell.</summary>
    public static ScriptTexts Saying(string farewell) => new(Texts.Zh.Replace("再见。", farewell, StringComparison.Ordinal), Texts.En.Replace("Goodbye.", farewell, StringComparison.Ordinal));

    public static CheckedScript Check(ScriptDocument document) => CheckedScript.Of(document.ToTexts(), Talk.Book.Outcomes);

    /// <summary>The pack's file, the same words in both languages.</summary>
    public static string Main { get; } = Steps("Hello from {{shop}}.", "What is in the way?", "Goodbye.").Replace("nodes:\n", "include: [more]\nnodes:\n", StringComparison.Ordinal);

    /// <summary>The part it includes.</summary>
    public static string More { get; } = $"nodes:\n{Aside}";

    private const string Aside =
        """
          silence:
            title: Silence
            aside: true
            ask: Hello?
            answers:
              hears: { label: Hears, next: back }
          back:
            title: Back
            end: Back to the talk.
            returns: true

        """;

    private static string Text(string hello, string reason, string bye) => $"{Steps(hello, reason, bye)}{Aside}".ReplaceLineEndings("\n");

    private static string Steps(string hello, string reason, string bye) => $$$"""
        script: tiny
        version: 1
        purpose: PaymentReminder
        title: Tiny
        target: 1m
        start: hello
        greeting-ends: reason
        nodes:
          hello:
            title: Hello
            say: {{{hello}}}
            next: reason
          reason:
            title: Reason
            ask: {{{reason}}}
            answers:
              price: { label: Price, next: bye, proposes: { outcome: Declined, reasons: [TooExpensive] } }
              other: { label: Other, next: details }
          details:
            title: Details
            ask: Which of these?
            several: true
            next: bye
            answers:
              taste: { label: Taste, next: comfort }
              size: { label: Size }
          comfort:
            title: Comfort
            say: We are sorry to hear it.
            next: bye
          bye:
            title: Bye
            say: {{{bye}}}
            next: over
          over:
            title: Over
            end: Hang up.

        """.ReplaceLineEndings("\n");
}
