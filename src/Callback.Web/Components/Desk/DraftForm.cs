using System.Globalization;
using Callback.CallScripts;
using Microsoft.Extensions.Primitives;

namespace Callback.Web.Components.Desk;

/// <summary>
/// The draft as the fields of the card's one form. Every post of the desk carries the whole of it, so that what was typed a moment before a button is
/// never lost, and the page needs no memory of its own.
/// </summary>
internal static class DraftForm
{
    public const string Node = "node";
    public const string Return = "return";
    public const string Aside = "aside";
    public const string Tick = "tick";
    public const string Outcome = "outcome";
    public const string Reason = "reason";
    public const string ReasonsTouched = "reasons-touched";
    public const string Note = "note";
    public const string Promise = "promise";
    public const string PromiseZone = "promise-zone";
    public const string DoNotCall = "do-not-call";
    public const string TaskOpen = "task";
    public const string NewTask = "task-new";
    public const string TasksTouched = "tasks-touched";

    private const string AnswerPrefix = "answer.";
    private const string AnswerTextPrefix = "answer-text.";
    private const string WaiverPrefix = "waiver.";
    private const string LocalForm = "yyyy-MM-dd'T'HH:mm";

    /// <summary>Radio buttons or check boxes of an ask node; the value is the branch's id.</summary>
    public static string Answer(string node) => AnswerPrefix + node;

    public static string AnswerText(string node) => AnswerTextPrefix + node;

    public static string Waiver(string item) => WaiverPrefix + item;

    /// <summary>Part of the task with this number: kind, order, note, due.</summary>
    public static string TaskPart(string number, string part) => $"task.{number}.{part}";

    public static string Write(DateTime local) => local.ToString(LocalForm, CultureInfo.InvariantCulture);

    public static CallDraft Read(IFormCollection form) => new()
    {
        CurrentNode = Text(form, Node),
        ReturnStack = List(form, Return),
        Asides = List(form, Aside),
        Answers = Answers(form),
        Ticks = List(form, Tick),
        Waivers = form.Where(field => field.Key.StartsWith(WaiverPrefix, StringComparison.Ordinal) && !StringValues.IsNullOrEmpty(field.Value))
            .ToDictionary(field => field.Key[WaiverPrefix.Length..], field => field.Value.ToString()),
        Outcome = Text(form, Outcome),
        Reasons = form.ContainsKey(ReasonsTouched) ? List(form, Reason) : null,
        Note = form[Note].ToString().ReplaceLineEndings("\n"),
        Promise = Moment(form[Promise]) is { } local ? new DraftPromise(local, Text(form, PromiseZone)) : null,
        DoNotCall = form.ContainsKey(DoNotCall),
        Tasks = form.ContainsKey(TasksTouched) ? Tasks(form) : null,
        Claims = ClaimForm.Read(form),
    };

    /// <summary>With the kind of follow-up task that was chosen to be added.</summary>
    public static CallDraft ReadWithNewTask(IFormCollection form)
    {
        var draft = Read(form);
        return Text(form, NewTask) is { } kind ? draft with { Tasks = [.. draft.Tasks ?? [], new DraftTask(kind)] } : draft;
    }

    private static Dictionary<string, NodeAnswer> Answers(IFormCollection form)
    {
        var nodes = form.Keys.Where(key => key.StartsWith(AnswerPrefix, StringComparison.Ordinal)).Select(key => key[AnswerPrefix.Length..])
            .Union(form.Where(field => field.Key.StartsWith(AnswerTextPrefix, StringComparison.Ordinal) && !string.IsNullOrWhiteSpace(field.Value))
                .Select(field => field.Key[AnswerTextPrefix.Length..]));
        return nodes.ToDictionary(node => node, node => new NodeAnswer(List(form, Answer(node)), Text(form, AnswerText(node))));
    }

    /// <summary>The numbers of the tasks that are wanted stand under one name; their parts under names with the number.</summary>
    private static List<DraftTask> Tasks(IFormCollection form) =>
    [
        .. List(form, TaskOpen)
            .Where(number => Text(form, TaskPart(number, "kind")) is not null)
            .Select(number => new DraftTask(
                form[TaskPart(number, "kind")].ToString(),
                Text(form, TaskPart(number, "order")),
                form[TaskPart(number, "note")].ToString(),
                Moment(form[TaskPart(number, "due")]))),
    ];

    private static DateTime? Moment(string? text) =>
        DateTime.TryParseExact(text, LocalForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) ? local : null;

    private static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;

    private static string[] List(IFormCollection form, string name) => [.. form[name].OfType<string>().Where(value => value.Length > 0)];
}
