using Callback.CallScripts;
using Callback.CallScripts.Editing;

namespace Callback.Tests.CallScripts.Editing;

/// <summary>A small sound script of the shop's own, in both languages, and what is made of it.</summary>
internal static class Tiny
{
    public static ScriptTexts Texts { get; } = new(Text("我是{{shop}}的客服。", "哪里不方便？", "再见。"), Text("Hello from {{shop}}.", "What is in the way?", "Goodbye."));

    /// <summary>With other words at the farewell.</summary>
    public static ScriptTexts Saying(string farewell) => new(Texts.Zh.Replace("再见。", farewell, StringComparison.Ordinal), Texts.En.Replace("Goodbye.", farewell, StringComparison.Ordinal));

    public static CheckedScript Check(ScriptDocument document) => CheckedScript.Of(document.ToTexts(), Talk.Book.Outcomes);

    private static string Text(string hello, string reason, string bye) => $$$"""
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
            say: "{{{hello}}}"
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
        """.ReplaceLineEndings("\n");
}
