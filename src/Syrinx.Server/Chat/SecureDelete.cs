using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Syrinx.Server.Chat;

/// <summary>Tells every connection to overwrite what it deletes; SQLite keeps this setting per connection.</summary>
internal sealed class SecureDelete : DbConnectionInterceptor
{
    public const string Pragma = "PRAGMA secure_delete = ON";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Pragma;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
