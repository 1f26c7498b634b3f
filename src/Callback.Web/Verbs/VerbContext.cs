using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Callback.Web.Verbs;

/// <summary>A running verb: its arguments, the program's services, and where its answer goes.</summary>
internal sealed class VerbContext(ParseResult arguments, IServiceProvider services)
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUse = 2;

    private static readonly JsonSerializerOptions JsonForm = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    public ParseResult Arguments { get; } = arguments;

    public IServiceProvider Services { get; } = services;

    /// <summary>Who acts: the person at the machine's command line.</summary>
    public Actor Actor { get; } = Actor.System("command line");

    public bool Json => Arguments.GetValue(GlobalOptions.Json);

    public T Service<T>() where T : notnull => Services.GetRequiredService<T>();

    /// <summary>Prints the verb's one answer: the object as JSON under <c>--json</c>, else the text.</summary>
    public void Answer(object answer, string text) => Print(Arguments, answer, text);

    internal static void Print(ParseResult arguments, object answer, string text) =>
        arguments.InvocationConfiguration.Output.WriteLine(arguments.GetValue(GlobalOptions.Json) ? JsonSerializer.Serialize(answer, JsonForm) : text);
}
