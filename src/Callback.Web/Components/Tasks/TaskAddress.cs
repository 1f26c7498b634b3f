using Callback.FollowUps.Tasks;
using Microsoft.AspNetCore.WebUtilities;

namespace Callback.Web.Components.Tasks;

/// <summary>The Tasks screen's filter in an address: what is shown can be sent to a colleague, and a step on a task comes back to it.</summary>
public sealed record TaskAddress
{
    public const string Mine = "me";
    public const string Nobody = "none";

    public string? State { get; init; }

    public string? Kind { get; init; }

    /// <summary><see cref="Mine"/>, <see cref="Nobody"/>, or a user's id.</summary>
    public string? Owner { get; init; }

    public bool Overdue { get; init; }

    public string? Text { get; init; }

    /// <summary>All shops of the reader instead of the current one.</summary>
    public bool All { get; init; }

    public string? After { get; init; }

    public static TaskAddress Read(IQueryCollection query) => new()
    {
        State = Given(query, "state"),
        Kind = Given(query, "kind"),
        Owner = Given(query, "owner"),
        Overdue = query["overdue"] == "true",
        Text = Given(query, "text"),
        All = query["all"] == "true",
        After = Given(query, "after"),
    };

    /// <exception cref="InvalidInputException"><c>choice-unknown</c>.</exception>
    public TaskFilter Filter(Guid? self) => new(
        State is null ? null : Enum.TryParse<TaskState>(State, out var state) ? state : throw Unknown("state", State),
        Kind,
        Owner switch { null or Nobody => null, Mine => self, var id => Guid.TryParse(id, out var owner) ? owner : throw Unknown("owner", id) },
        Owner == Nobody,
        Overdue,
        Text);

    public string To(string path) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["state"] = State,
        ["kind"] = Kind,
        ["owner"] = Owner,
        ["overdue"] = Overdue ? "true" : null,
        ["text"] = Text,
        ["all"] = All ? "true" : null,
        ["after"] = After,
    }.Where(part => part.Value is not null));

    private static string? Given(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 } text ? text : null;

    private static InvalidInputException Unknown(string field, string value) => new(Problem.Of("choice-unknown", field, ("value", value)));
}
