using System.Text.RegularExpressions;

namespace Callback.Practice;

/// <summary>How a customer sounds, for the voice and the sign beside the words.</summary>
public enum CustomerMood
{
    Calm,
    Friendly,
    Rushed,
    Chatty,
    Wary,
    Annoyed,
    Angry,
    Silent,
}

/// <summary>Several ways to say the same thing, in both languages.</summary>
public sealed record Sayings(IReadOnlyList<string> Zh, IReadOnlyList<string> En)
{
    /// <param name="language">zh-CN, or anything else for English.</param>
    public IReadOnlyList<string> In(string language) => language.StartsWith("zh", StringComparison.OrdinalIgnoreCase) ? Zh : En;
}

/// <summary>An invented customer (config/practice/customers): how the phone is answered and what is said at the steps of any call script.</summary>
/// <param name="Id">The file's name, for example <c>suspicious</c>.</param>
/// <param name="Title">What agents call such a customer.</param>
/// <param name="About">What is to be learned from this customer; shown after the call.</param>
/// <param name="Name">The buyer's name on the order.</param>
/// <param name="AnswersAfter">From the first ring to the answer; the seed adds up to three seconds.</param>
/// <param name="Patience">How long the customer stays on the line.</param>
/// <param name="Mood">Where a reply names none.</param>
/// <param name="Opening">The first words after the answer.</param>
/// <param name="Listening">Said where the agent tells something and nothing else fits.</param>
/// <param name="Otherwise">Said to a question that no reply is for; <c>{answer}</c> is the label of the branch that is meant.</param>
/// <param name="Answers">Branches this customer takes at questions that no reply is for, the most likely first.</param>
/// <param name="EndsWith">The agent is to say nothing and record this outcome (voicemail); null: the talk decides.</param>
/// <param name="Replies">The first that fits counts.</param>
public sealed record CustomerCharacter(
    string Id,
    Label Title,
    Label About,
    Label Name,
    TimeSpan AnswersAfter,
    TimeSpan Patience,
    CustomerMood Mood,
    Sayings Opening,
    Sayings Listening,
    Sayings Otherwise,
    IReadOnlyList<string> Answers,
    string? EndsWith,
    IReadOnlyList<ReplyRule> Replies);

/// <summary>What a customer says at some steps of a talk, and what is meant by it.</summary>
/// <param name="Nodes">Node ids; <c>*</c> stands for any letters.</param>
/// <param name="Purposes">Only in calls about these; empty: in all.</param>
/// <param name="Aside">The agent is to open this from the side panel; once it was opened the reply is over and the next one that fits counts.</param>
/// <param name="Answers">Branches that are meant: the first that the question offers, or with <paramref name="AnyOf"/> one by the seed; empty: for steps that ask nothing.</param>
public sealed record ReplyRule(
    IReadOnlyList<Regex> Nodes, IReadOnlyList<Purpose> Purposes, string? Aside, IReadOnlyList<string> Answers, bool AnyOf, CustomerMood? Mood, Sayings Says);

/// <summary>What the customer says to the step on screen.</summary>
/// <param name="Branch">The answer that is meant; null: none, or the step asks nothing.</param>
/// <param name="Aside">What the agent is to open before anything else; null: nothing.</param>
public sealed record CustomerReply(string Says, CustomerMood Mood, string? Branch, string? Aside);
