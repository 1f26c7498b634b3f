namespace Callback.Database.Embedded;

/// <summary>Where the program's own PostgreSQL lives.</summary>
/// <param name="DataFolder">Absolute; made if missing, with mode 0700.</param>
/// <param name="Binaries">The folder of <c>postgres</c> and <c>initdb</c>; null: PATH, then /usr/lib/postgresql.</param>
/// <param name="SocketFolder">The folder of the unix socket; null: <c>run</c> in the data folder, or a short folder of the machine where that path is too long.</param>
public sealed record EmbeddedPostgresOptions(string DataFolder, string? Binaries = null, string? SocketFolder = null);
