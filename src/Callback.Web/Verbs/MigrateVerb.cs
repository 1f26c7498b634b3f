using System.CommandLine;

namespace Callback.Web.Verbs;

/// <summary><c>callback migrate</c>: brings the database to this program's schema and ends. Every other verb does so too before it works.</summary>
internal static class MigrateVerb
{
    public static Command Create() => new Command("migrate", "Bring the database to this program's schema.").Runs((verb, _) =>
    {
        verb.Answer(new { migrated = true }, "The database is at this program's schema.");
        return Task.FromResult(VerbContext.Done);
    });
}
