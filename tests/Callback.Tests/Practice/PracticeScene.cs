using Callback.CallScripts;
using Callback.Practice;
using Callback.Tests.Windows;

namespace Callback.Tests.Practice;

/// <summary>The shipped customers and course, in talks of the shipped scripts.</summary>
internal static class PracticeScene
{
    public static readonly CallScriptBook Scripts = CallScriptBook.Load(Shipped.ConfigFolder);

    public static readonly PracticeBook Book = PracticeBook.Load(Shipped.ConfigFolder);

    public static Course FirstWeek => Book.FindCourse("first-week")!;

    public static CustomerReplies Meet(string customer, Purpose purpose = Purpose.PaymentReminder, int seed = 7, string language = "zh-CN") => Meet(Book.FindCustomer(customer)!, purpose, seed, language);

    public static CustomerReplies Meet(CustomerCharacter customer, Purpose purpose = Purpose.PaymentReminder, int seed = 7, string language = "zh-CN") => new(
        customer, seed, Scripts.Find(Scripts.NamesFor(purpose)[0], null, language)!, ScriptValues.Of(ScriptSamples.Full(language)));

    /// <summary>The draft of an agent who goes these steps (as <see cref="ScriptMove.Go"/> knows them).</summary>
    public static CallDraft Walk(CustomerReplies customer, params string[] steps) =>
        steps.Aggregate(CallDraft.Empty, (draft, go) => ScriptMove.Go(customer.Script, customer.Values, draft, go));

    public static CustomerReply? Reply(CustomerReplies customer, CallDraft draft)
    {
        var path = ScriptPath.Of(customer.Script, customer.Values, draft);
        return customer.At(path.Current, path, draft.Asides);
    }

    /// <summary>The draft of an agent who understands everything, with the outcome that the talk proposes.</summary>
    public static CallDraft BestDraft(CustomerReplies customer)
    {
        var draft = CallDraft.Empty;
        for (var steps = 0; steps < 100; steps++)
        {
            var path = ScriptPath.Of(customer.Script, customer.Values, draft);
            if (path.IsOver)
                return draft with { Outcome = path.Proposed.Outcome };
            var reply = customer.At(path.Current, path, draft.Asides);
            if (path.Current.Several && reply?.Branch is { } several)
                draft = draft with { Answers = new Dictionary<string, NodeAnswer>(draft.Answers) { [path.Current.Id] = NodeAnswer.Of(several) } };
            var go = reply switch
            {
                { Aside: { } aside } => $"aside:{aside}",
                { Branch: { } branch } when !path.Current.Several => $"choose:{branch}",
                _ => "next",
            };
            draft = ScriptMove.Go(customer.Script, customer.Values, draft, go);
        }
        throw new InvalidOperationException("The talk has no end.");
    }
}
