using System.CommandLine;
using Callback.Database;
using Callback.Web.Hosting;
using Npgsql;

namespace Callback.Web.Verbs;

/// <summary>The edge of the command line: what goes wrong becomes a sentence and an exit code.</summary>
internal static class Edge
{
    public static StartInput Start(ParseResult parsed) => new(
        parsed.GetValue(GlobalOptions.Data),
        parsed.GetValue(GlobalOptions.Config),
        parsed.GetValue(GlobalOptions.Set) ?? []);

    public static async Task<int> GuardAsync(ParseResult parsed, Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            if (parsed.GetValue(GlobalOptions.Json))
                VerbContext.Print(parsed, new { error = sentence }, "");
            await parsed.InvocationConfiguration.Error.WriteLineAsync(sentence);
            return e is InvalidInputException or FormatException ? VerbContext.WrongUse : VerbContext.Failed;
        }
    }

    private static string? Sentence(Exception e) => e switch
    {
        RefusalException or SchemaException or InvalidInputException or ShopUnknownException or NotPermittedException or FormatException => e.Message,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => "The disk of the database is full; nothing was written. Make room and try again.",
        NpgsqlException or IOException => e.Message,
        OperationCanceledException => "Stopped before it was done.",
        _ => null,
    };
}
